package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The host's executor or scheduler refuses a task now and then, by any exception: the task runs later, and nothing else
 * is affected.
 */
class RefusingHostTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final long TIMEOUT_SECONDS = 30;

  private final Host host = new Host();
  private final Refusing scheduler = new Refusing();
  private Throwable thrown = new OutOfMemoryError("unable to create native thread");
  private int refusals;

  @RegisterExtension
  final Logged logged = new Logged();

  /** A scheduler that refuses some tasks. Thread-safe. */
  private final class Refusing implements Scheduler {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final Set<Runnable> refused = new HashSet<>(); // guarded by lock
    private int refusals; // guarded by lock

    /** Refuses the next tasks. */
    void refuse(int count) {
      lock.lock();
      try {
        refusals = count;
      } finally {
        lock.unlock();
      }
    }

    /** Waits until it has accepted every task that it refused. */
    void awaitTaken() throws InterruptedException {
      lock.lock();
      try {
        long left = TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (refusals > 0 || !refused.isEmpty()) {
          assertThat(left)
              .as("nanoseconds left until the task must be offered again")
              .isPositive();
          left = taken.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
      lock.lock();
      try {
        if (refusals > 0) {
          refusals--;
          refused.add(task);
          throw anything(thrown);
        }
        Scheduled scheduled = host.time.schedule(task, delay);
        refused.remove(task);
        taken.signalAll();
        return scheduled;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long nanoTime() {
      return host.time.nanoTime();
    }
  }

  static Stream<Throwable> anything() {
    return Stream.of(
        new RejectedExecutionException("full"),
        new IllegalStateException("shut down"),
        new OutOfMemoryError("unable to create native thread"));
  }

  private static RuntimeException anything(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  @BeforeEach
  void start() {
    host.start(host.full().executor(this::run).scheduler(scheduler));
    host.room(ROOM, ALICE, BOB);
  }

  private void run(Runnable task) {
    if (refusals > 0) {
      refusals--;
      throw anything(thrown);
    }
    task.run();
  }

  @AfterEach
  void close() {
    host.close();
    assertThat(logged.entries())
        .first()
        .asString()
        .endsWith(" refuses tasks, will be asked again soon");
    assertThat(logged.entries())
        .allMatch(
            entry -> entry.contains(" refuses tasks") || entry.contains(" takes tasks again"));
  }

  @ParameterizedTest
  @MethodSource("anything")
  void message_executorRefusesTheSignal_isDeliveredSoonAndSoAreLaterOnes(Throwable what) {
    host.start(host.bare()
        .executor(this::run)
        .watch(WatchSettings.DEFAULT.withFallbackInterval(Duration.ofDays(1))));
    CompletableFuture<EventBatch> poll = host.park(BOB, host.here());
    thrown = what;
    refusals = 2;
    host.message(ROOM, ALICE);
    host.time.advance(SOON);
    assertThat(answered(poll).chunk()).hasSize(1);

    CompletableFuture<EventBatch> next = host.park(BOB, answered(poll).end());
    host.message(ROOM, ALICE);

    assertThat(answered(next).chunk()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void lookNowAndThen_executorOrSchedulerRefusesOnce_goesOn(Throwable what) throws Exception {
    HookedEvents looked = new HookedEvents(host.events);
    host.start(host.bare(looked.store()).executor(this::run).scheduler(scheduler));
    thrown = what;
    refusals = 1;
    host.time.advance(SOON);
    refuseOneLook();
    AtomicInteger looks = new AtomicInteger();
    looked.before("refresh", looks::incrementAndGet);

    host.time.advance(Duration.ofSeconds(5));

    assertThat(looks).hasValueGreaterThanOrEqualTo(4);
  }

  private void refuseOneLook() throws InterruptedException {
    scheduler.refuse(1);
    host.time.advance(SOON);
    scheduler.awaitTaken();
  }

  @ParameterizedTest
  @MethodSource("anything")
  void snapshot_executorRefuses_isTakenSoonAndSoIsTheNextOne(Throwable what) {
    thrown = what;
    refusals = 1;
    CompletableFuture<InitialSync> refused =
        host.engine().initialSyncAsync(ALICE, 1, SnapshotOptions.DEFAULT);
    assertThat(refused).isNotDone();

    host.time.advance(SOON);

    assertThat(refused).isDone();
    assertThat(refused.join().rooms()).hasSize(1);
    assertThat(host.engine().initialSyncAsync(ALICE, 1, SnapshotOptions.DEFAULT))
        .isDone();
  }

  @Test
  void message_executorAndSchedulerRefuse_isDeliveredSoon() throws InterruptedException {
    host.start(host.bare()
        .executor(this::run)
        .scheduler(scheduler)
        .watch(WatchSettings.DEFAULT.withFallbackInterval(Duration.ofDays(1))));
    CompletableFuture<EventBatch> poll = host.park(BOB, host.here());
    refusals = 1;
    scheduler.refuse(3);

    host.message(ROOM, ALICE);
    scheduler.awaitTaken();
    host.time.advance(SOON);

    assertThat(answered(poll).chunk()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void poll_schedulerRefusesItsDeadline_endsInTimeAndSoDoLaterOnes(Throwable what)
      throws InterruptedException {
    thrown = what;
    scheduler.refuse(2);
    CompletableFuture<EventBatch> refused =
        host.engine().stream(BOB, host.here(), Duration.ofMillis(300));
    scheduler.awaitTaken();
    CompletableFuture<EventBatch> later =
        host.engine().stream(BOB, host.here(), Duration.ofMillis(500));

    host.time.advance(SOON);

    assertThat(answered(refused).chunk()).isEmpty();
    assertThat(answered(later).chunk()).isEmpty();
    assertThat(host.engine().hasNoPolls()).isTrue();
  }

  @Test
  void typing_schedulerRefusesItsEnd_endsInTime() throws InterruptedException {
    scheduler.refuse(1);
    host.types(ROOM, ALICE, SOON);
    scheduler.awaitTaken();
    CompletableFuture<EventBatch> poll = host.park(BOB, host.here());

    host.time.advance(Duration.ofSeconds(2));

    assertThat(side(answered(poll))).containsExactly(typing(ROOM));
  }

  @Test
  void drain_schedulerRefusesAStep_goesOn() throws InterruptedException {
    CompletableFuture<EventBatch> poll = host.park(BOB, host.here());
    CompletableFuture<EventBatch> other = host.park(BOB, host.here());
    scheduler.refuse(1);
    CompletableFuture<Void> drained = host.engine().drain(SOON);
    scheduler.awaitTaken();

    host.time.advance(Duration.ofSeconds(2));

    assertThat(drained).isDone();
    assertThat(poll).isDone();
    assertThat(other).isDone();
  }

  @Test
  void close_schedulerRefuses_asksNoMore() {
    CompletableFuture<EventBatch> poll = host.park(BOB, host.here());
    scheduler.refuse(Integer.MAX_VALUE);
    refusals = Integer.MAX_VALUE;
    host.message(ROOM, ALICE);

    host.engine().close();

    assertThat(answered(poll).chunk()).isEmpty();
  }
}
