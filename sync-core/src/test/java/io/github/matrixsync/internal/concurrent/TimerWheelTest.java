package io.github.matrixsync.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.world.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
  private final ManualScheduler time = new ManualScheduler();
  private final TimerWheel wheel = new TimerWheel(time);

  private final class Alarm extends TimedFuture<Void> {
    final long deadline;
    long rang = -1;
    int times;

    Alarm(Duration delay) {
      deadline = time.nanoTime() + delay.toNanos();
    }

    @Override
    protected void timeUp() {
      rang = time.nanoTime();
      times++;
    }
  }

  private Alarm add(Duration delay) {
    Alarm alarm = new Alarm(delay);
    wheel.add(alarm, delay);
    return alarm;
  }

  /** One turn of the wheel is 16,384 ms. */
  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 3, 4, 5, 100, 499, 16_383, 16_384, 16_385, 30_000, 120_000, 3_600_000})
  void add_anyDelay_ringsAtMostATickEarlyAndNeverLate(long millis) {
    time.advance(Duration.ofNanos(1_234_567));
    Alarm alarm = add(Duration.ofMillis(millis));
    time.advance(Duration.ofMillis(millis).plus(TimerWheel.TICK));
    assertThat(alarm.times).isEqualTo(1);
    long early = alarm.deadline - alarm.rang;
    assertThat(early).isLessThan(TimerWheel.TICK.toNanos());
    if (millis >= TimerWheel.TICK.toMillis()) {
      assertThat(early).isNotNegative();
    }
    assertThat(wheel.isEmpty()).isTrue();
    assertThat(time.waiting()).isZero();
  }

  @Test
  void add_longestDelayThereIs_waits() {
    Alarm alarm = new Alarm(Duration.ZERO);
    wheel.add(alarm, Duration.ofSeconds(Long.MAX_VALUE));
    time.advance(Duration.ofHours(2));
    assertThat(alarm.times).isZero();
  }

  @Test
  void add_longestNumberOfNanoseconds_waits() {
    time.advance(Duration.ofDays(1));
    Alarm alarm = new Alarm(Duration.ZERO);
    wheel.add(alarm, Duration.ofNanos(Long.MAX_VALUE));
    time.advance(Duration.ofHours(2));
    assertThat(alarm.times).isZero();
  }

  /** The scheduler refuses once: that alarm is not in the wheel, and the next one rings. */
  @Test
  void add_schedulerRefuses_isNotThereAndOthersRing() {
    Refusing refusing = new Refusing(1);
    TimerWheel refused = new TimerWheel(refusing);
    assertThatThrownBy(() -> refused.add(new Alarm(Duration.ZERO), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(refused.isEmpty()).isTrue();
    Alarm next = new Alarm(Duration.ofSeconds(2));
    refused.add(next, Duration.ofSeconds(2));

    time.advance(Duration.ofSeconds(2));

    assertThat(next.times).isOne();
  }

  @Test
  void add_schedulerRefusesToComeSooner_comesForThoseItWasToComeFor() {
    Refusing refusing = new Refusing(0);
    TimerWheel refused = new TimerWheel(refusing);
    Alarm late = new Alarm(Duration.ofSeconds(2));
    refused.add(late, Duration.ofSeconds(2));
    refusing.refusals = 1;
    assertThatThrownBy(() -> refused.add(new Alarm(Duration.ZERO), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);

    time.advance(Duration.ofSeconds(2));

    assertThat(late.times).isOne();
  }

  @Test
  void advance_oneThatRingsFails_othersAndLaterOnesRing() {
    Alarm before = add(Duration.ofSeconds(1));
    wheel.add(
        new TimedFuture<Void>() {
          @Override
          protected void timeUp() {
            throw new IllegalStateException("test");
          }
        },
        Duration.ofSeconds(1));
    Alarm behind = add(Duration.ofSeconds(1));
    Alarm later = add(Duration.ofSeconds(2));

    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    time.advance(Duration.ofSeconds(2));

    assertThat(before.times).isOne();
    assertThat(behind.times).isOne();
    assertThat(later.times).isOne();
  }

  /** A scheduler that refuses some tasks. */
  private final class Refusing implements Scheduler {
    private int refusals;

    Refusing(int refusals) {
      this.refusals = refusals;
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
      if (refusals > 0) {
        refusals--;
        throw new IllegalStateException("test");
      }
      return time.schedule(task, delay);
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }
  }

  @Test
  void add_toAWheelThatBeganAtAnyTime_ringsByItsDelay() {
    time.advance(Duration.ofDays(1));
    TimerWheel later = new TimerWheel(time);
    Alarm alarm = new Alarm(Duration.ofSeconds(10));
    later.add(alarm, Duration.ofSeconds(10));

    time.advance(Duration.ofSeconds(9));
    assertThat(alarm.times).isZero();
    time.advance(Duration.ofSeconds(1));
    assertThat(alarm.times).isOne();
  }

  /** However far the first deadline is, the scheduler runs one task for it, and none for the ticks before. */
  @Test
  void add_oneAlarmFarAway_schedulesOneTask() {
    AtomicInteger scheduled = new AtomicInteger();
    TimerWheel counted = new TimerWheel(new Scheduler() {
      @Override
      public Scheduled schedule(Runnable task, Duration delay) {
        scheduled.incrementAndGet();
        return time.schedule(task, delay);
      }

      @Override
      public long nanoTime() {
        return time.nanoTime();
      }
    });
    Alarm alarm = new Alarm(Duration.ofSeconds(10));
    counted.add(alarm, Duration.ofSeconds(10));

    time.advance(Duration.ofSeconds(20));

    assertThat(alarm.times).isOne();
    assertThat(scheduled).hasValue(1);
  }

  @Test
  void advance_onOneThreadThenOnAnother_ringsOnBoth() throws InterruptedException {
    Alarm first = add(Duration.ofSeconds(1));
    Alarm second = add(Duration.ofSeconds(2));
    Thread other = new Thread(() -> time.advance(Duration.ofSeconds(1)));
    other.start();
    other.join();
    assertThat(first.times).isOne();

    time.advance(Duration.ofSeconds(1));

    assertThat(second.times).isOne();
  }

  @Test
  void remove_beforeItsTime_neverRings() {
    Alarm alarm = add(Duration.ofSeconds(1));
    assertThat(wheel.isEmpty()).isFalse();
    wheel.remove(alarm);
    wheel.remove(alarm);
    assertThat(wheel.isEmpty()).isTrue();
    time.advance(Duration.ofSeconds(2));
    assertThat(alarm.times).isZero();
  }

  @Test
  void add_sooner_comesFirst() {
    Alarm late = add(Duration.ofSeconds(10));
    Alarm soon = add(Duration.ofSeconds(1));
    assertThat(time.waiting()).isOne();
    time.advance(Duration.ofSeconds(1));
    assertThat(soon.times).isOne();
    assertThat(late.times).isZero();
    time.advance(Duration.ofSeconds(9));
    assertThat(late.times).isOne();
  }

  @Test
  void advance_muchAtOnce_ringsAllOfIt() {
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      alarms.add(add(Duration.ofMillis(i * 100L)));
    }
    time.advance(Duration.ofHours(1));
    assertThat(alarms).allMatch(alarm -> alarm.times == 1);
    assertThat(wheel.isEmpty()).isTrue();
  }

  /** Random additions and removals, compared with the plain rule after each step. */
  @Test
  void wheel_randomAddsAndRemoves_ringsExactlyWhatIsDue() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<Alarm> alarms = new ArrayList<>();
      List<Alarm> removed = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        Alarm alarm = add(Duration.ofMillis(random.nextInt(40_000)));
        if (random.nextInt(3) == 0) {
          wheel.remove(alarm);
          removed.add(alarm);
        } else {
          alarms.add(alarm);
        }
        time.advance(Duration.ofNanos(random.nextLong(500_000_000)));
        long now = time.nanoTime();
        assertThat(alarms).as("seed %d", seed).allSatisfy(a -> {
          boolean rang = a.rang >= 0;
          assertThat(rang || a.deadline > now).isTrue();
          assertThat(rang && a.deadline > now + TimerWheel.TICK.toNanos()).isFalse();
        });
      }
      time.advance(Duration.ofMinutes(1));
      assertThat(alarms).as("seed %d", seed).allMatch(alarm -> alarm.times == 1);
      assertThat(removed).as("seed %d", seed).allMatch(alarm -> alarm.times == 0);
    }
  }

  /**
   * Threads add and remove alarms while time passes: an alarm that was not removed rings once, another at most once,
   * and none is left.
   */
  @Test
  void wheel_threadsRace_nothingIsLostOrLeft() throws InterruptedException {
    int threads = 4;
    int each = 20_000;
    AtomicInteger rang = new AtomicInteger();
    AtomicInteger removedInTime = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int t = 0; t < threads; t++) {
      Random random = new Random(t);
      pool.execute(() -> {
        for (int i = 0; i < each; i++) {
          Counted entry = new Counted(rang);
          wheel.add(entry, Duration.ofMillis(random.nextInt(50)));
          if (random.nextInt(4) == 0) {
            wheel.remove(entry);
            entry.removed = true;
            removedInTime.addAndGet(entry.times.get() == 0 ? 1 : 0);
          }
        }
        done.countDown();
      });
    }
    while (done.getCount() > 0) {
      time.advance(Duration.ofMillis(1));
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    time.advance(Duration.ofSeconds(20));
    assertThat(wheel.isEmpty()).isTrue();
    assertThat(time.waiting()).isZero();
    assertThat(rang.get()).isBetween(threads * each - removedInTime.get(), threads * each);
    assertThat(Counted.twice.get()).isZero();
  }

  private static final class Counted extends TimedFuture<Void> {
    static final AtomicInteger twice = new AtomicInteger();
    final AtomicInteger times = new AtomicInteger();
    final AtomicInteger rang;
    volatile boolean removed;

    Counted(AtomicInteger rang) {
      this.rang = rang;
    }

    @Override
    protected void timeUp() {
      rang.incrementAndGet();
      if (times.incrementAndGet() > 1) {
        twice.incrementAndGet();
      }
    }
  }
}
