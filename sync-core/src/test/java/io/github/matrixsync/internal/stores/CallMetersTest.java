package io.github.matrixsync.internal.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.world.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statistics of store calls that are running. */
class CallMetersTest {
  private final ManualScheduler time = new ManualScheduler();

  /** Each running call is counted, however many run at once. */
  @Test
  void calls_manyAtOnce_areAllSeen() {
    EngineThreads threads = new EngineThreads(Runnable::run, time);
    CallMeters calls = new CallMeters(threads, Duration.ofSeconds(1));
    CallMeter call = calls.add("test.call");
    List<CallMeters.Running> running = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      time.advance(Duration.ofNanos(1));
      running.add(calls.begin(call));
    }
    assertThat(calls.times().get(0).running()).isEqualTo(1_000);
    assertThat(calls.oldest().orElseThrow().began()).isEqualTo(1);
    calls.end(running.get(0));
    assertThat(calls.oldest().orElseThrow().began()).isEqualTo(2);
    running.subList(1, 1_000).forEach(calls::end);

    assertThat(calls.times().get(0).running()).isZero();
    assertThat(calls.oldest()).isEmpty();
  }
}
