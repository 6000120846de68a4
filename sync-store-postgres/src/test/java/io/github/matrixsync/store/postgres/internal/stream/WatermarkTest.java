package io.github.matrixsync.store.postgres.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WatermarkTest {
  private static final int STEPS = 200_000;

  private final Watermark watermark = new Watermark();

  @Test
  void advanceTo_headThatIsPurged_lowerEndIsNeverAboveTheWatermark() throws InterruptedException {
    AtomicBoolean isDone = new AtomicBoolean();
    Thread looking = new Thread(() -> {
      for (int i = 1; i <= STEPS; i++) {
        watermark.advanceTo(i, i);
      }
      isDone.set(true);
    });
    looking.start();

    long highest = 0;
    while (!isDone.get()) {
      long retained = watermark.retainedAfter();
      highest = Math.max(highest, retained - watermark.position());
    }

    looking.join();
    assertThat(highest).isZero();
    assertThat(watermark.retainedAfter()).isEqualTo(STEPS);
  }

  @Test
  void advanceTo_listener_findsBothMoved() {
    List<Long> found = new ArrayList<>();
    watermark.onAdvance(() -> {
      found.add(watermark.position());
      found.add(watermark.retainedAfter());
    });

    watermark.advanceTo(5, 3);
    watermark.advanceTo(4, 2);

    assertThat(found).containsExactly(5L, 3L);
  }
}
