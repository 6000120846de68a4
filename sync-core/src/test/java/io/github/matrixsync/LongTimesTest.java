package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Durations of weeks and of centuries. */
class LongTimesTest {
  /** A duration whose milliseconds, and half of them, do not fit an {@code int}. */
  private static final Duration WEEKS = Duration.ofMillis(1L << 32);

  private static final Duration HOLD = Duration.ofMillis(500);

  private final Host host = new Host();
  private Duration leap = Duration.ZERO;

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB);
    host.start(
        host.full().scheduler(new Leaping()).polls(PollSettings.DEFAULT.withPresenceHold(HOLD)));
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** A scheduler that skips the weeks. */
  private final class Leaping implements Scheduler {
    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
      return host.time.schedule(task, delay);
    }

    @Override
    public long nanoTime() {
      return host.time.nanoTime() + leap.toNanos();
    }
  }

  @Test
  void stream_timeoutOfCenturies_waits() {
    for (Duration timeout :
        List.of(Duration.ofNanos(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE))) {
      CompletableFuture<EventBatch> poll = host.engine().stream(BOB, null, timeout);
      host.time.advance(Duration.ofMinutes(1));
      assertThat(poll).isNotDone();

      host.message(ROOM, ALICE);

      assertThat(answered(poll).chunk()).hasSize(1);
    }
  }

  @Test
  void oldest_pollOfWeeks_isAsOldAsItIs() {
    for (Duration age : List.of(WEEKS.dividedBy(2).plus(HOLD), WEEKS.plus(HOLD))) {
      leap = Duration.ZERO;
      CompletableFuture<EventBatch> poll =
          host.engine().stream(BOB, null, Duration.ofSeconds(Long.MAX_VALUE));
      leap = age;

      assertThat(host.engine().statistics().polls().oldest()).isEqualTo(age);
      poll.cancel(true);
    }
  }

  @Test
  void presence_toAPollOfWeeks_isNotHeldBack() {
    CompletableFuture<EventBatch> poll =
        host.engine().stream(BOB, null, Duration.ofSeconds(Long.MAX_VALUE));
    leap = WEEKS;
    host.online(ALICE);

    assertThat(side(answered(poll))).containsExactly(present(ALICE, "online"));
  }
}
