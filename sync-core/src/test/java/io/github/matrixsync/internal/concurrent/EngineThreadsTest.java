package io.github.matrixsync.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EngineThreadsTest {
  private static final int LEAST_WORKERS = 4;
  private static final long TIMEOUT_SECONDS = 30;

  private final ManualScheduler time = new ManualScheduler();

  @RegisterExtension
  final Logged logged = new Logged();

  @Test
  void execute_ownThreads_areNamedDaemonsAndSeveralAtOnce() throws InterruptedException {
    try (EngineThreads threads = new EngineThreads(null, null)) {
      CompletableFuture<Thread> on = new CompletableFuture<>();
      CountDownLatch together = new CountDownLatch(LEAST_WORKERS);
      for (int i = 0; i < LEAST_WORKERS; i++) {
        threads.execute(() -> {
          on.complete(Thread.currentThread());
          together.countDown();
          await(together);
        });
      }

      assertThat(together.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(on.join().isDaemon()).isTrue();
      assertThat(on.join().getName()).startsWith("matrix-sync-");
    }
  }

  /** Looks of application services may take long because of their patterns: no user's look waits for their threads. */
  @Test
  void serve_allPlacesTaken_readsGoOn() {
    List<Runnable> offered = new ArrayList<>();
    List<String> done = new ArrayList<>();
    EngineThreads threads = new EngineThreads(offered::add, time, 1);
    threads.serve(() -> done.add("service"));
    threads.serve(() -> done.add("another service"));
    threads.read(() -> done.add("user"));
    assertThat(offered).hasSize(2);

    offered.get(1).run();

    assertThat(done).containsExactly("user");
  }

  @Test
  void schedule_ownTimer_runsWhenTheDelayHasPassedOnItsOwnThread() throws Exception {
    try (EngineThreads threads = new EngineThreads(Runnable::run, null)) {
      CompletableFuture<Long> ran = new CompletableFuture<>();
      CompletableFuture<Thread> on = new CompletableFuture<>();
      long before = threads.nanoTime();
      threads.schedule(
          () -> {
            on.complete(Thread.currentThread());
            ran.complete(threads.nanoTime());
          },
          Duration.ofMillis(20));

      assertThat(ran.get(TIMEOUT_SECONDS, TimeUnit.SECONDS) - before)
          .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
      assertThat(on.join().isDaemon()).isTrue();
      assertThat(on.join().getName()).isEqualTo("matrix-sync-timer-1");
    }
  }

  /**
   * The timer has one thread: while that is busy the task cannot have run before it is cancelled, and it would run
   * before the next one.
   */
  @Test
  void schedule_ownTimerCancelled_doesNotRun() throws Exception {
    CountDownLatch isCancelled = new CountDownLatch(1);
    try (EngineThreads threads = new EngineThreads(Runnable::run, null)) {
      threads.schedule(() -> await(isCancelled), Duration.ZERO);
      AtomicInteger ran = new AtomicInteger();
      Scheduler.Scheduled cancelled = threads.schedule(ran::incrementAndGet, Duration.ofMillis(1));
      cancelled.cancel();
      CompletableFuture<Integer> after = new CompletableFuture<>();
      threads.schedule(() -> after.complete(ran.get()), Duration.ofMillis(2));
      isCancelled.countDown();

      assertThat(after.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void close_ownThreads_endAndTheTimersTasksAreDropped() throws InterruptedException {
    EngineThreads threads = new EngineThreads(null, null);
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    CompletableFuture<Thread> timer = new CompletableFuture<>();
    threads.execute(() -> worker.complete(Thread.currentThread()));
    threads.schedule(() -> timer.complete(Thread.currentThread()), Duration.ZERO);
    threads.schedule(() -> {}, Duration.ofDays(1));
    Thread[] own = {worker.join(), timer.join()};

    threads.close();

    for (Thread each : own) {
      each.join(Duration.ofSeconds(TIMEOUT_SECONDS).toMillis());
      assertThat(each.isAlive()).isFalse();
    }
  }

  @Test
  void close_hostsThreads_areLeftAloneAndGetNothingMore() {
    AtomicInteger ran = new AtomicInteger();
    EngineThreads threads = new EngineThreads(Runnable::run, time);
    threads.execute(ran::incrementAndGet);
    threads.schedule(ran::incrementAndGet, Duration.ofSeconds(1));
    time.advance(Duration.ofSeconds(1));
    assertThat(ran).hasValue(2);

    threads.close();
    threads.execute(ran::incrementAndGet);
    threads.schedule(ran::incrementAndGet, Duration.ofSeconds(1)).cancel();

    assertThat(time.waiting()).isZero();
    assertThat(ran).hasValue(2);
  }

  @Test
  void execute_hostRefuses_isAskedAgainUntilItTakesTheTask() {
    AtomicInteger refusals = new AtomicInteger(2);
    AtomicInteger ran = new AtomicInteger();
    Executor host = task -> {
      if (refusals.getAndDecrement() > 0) {
        throw new RejectedExecutionException("test");
      }
      task.run();
    };
    EngineThreads threads = new EngineThreads(host, time);

    threads.execute(ran::incrementAndGet);
    time.advance(Duration.ofSeconds(1));
    time.advance(Duration.ofSeconds(1));

    assertThat(ran).hasValue(1);
    assertThat(time.waiting()).isZero();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("the executor refuses tasks"),
            entry -> assertThat(entry).contains("the executor takes tasks again; refusals: 2"));
  }

  /** The engine's own threads refuse a task while the engine is closed: nothing is logged. */
  @Test
  void execute_hostRefusesAndTheEngineIsClosedMeanwhile_isDroppedAndNotLogged() {
    EngineThreads[] closing = new EngineThreads[1];
    closing[0] = new EngineThreads(
        task -> {
          closing[0].close();
          throw new RejectedExecutionException("test");
        },
        time);

    closing[0].execute(() -> {});

    assertThat(time.waiting()).isZero();
    assertThat(logged.entries()).isEmpty();
  }

  @Test
  void schedule_engineIsClosedMeanwhile_isDropped() {
    EngineThreads[] closing = new EngineThreads[1];
    Scheduler refusing = new Scheduler() {
      @Override
      public Scheduled schedule(Runnable task, Duration delay) {
        closing[0].close();
        throw new RejectedExecutionException("test");
      }

      @Override
      public long nanoTime() {
        return 0;
      }
    };
    closing[0] = new EngineThreads(Runnable::run, refusing);

    closing[0].schedule(() -> {}, Duration.ofSeconds(1)).cancel();
  }

  @Test
  void nanoTime_hostsScheduler_isItsTime() {
    EngineThreads threads = new EngineThreads(Runnable::run, time);
    time.advance(Duration.ofSeconds(3));

    assertThat(threads.nanoTime()).isEqualTo(Duration.ofSeconds(3).toNanos());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
