package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.world.HookedDirectory;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store, clock, scheduler or observer of the host throws: the engine keeps working and leaks nothing. */
class HostFaultsTest {
  private final Host host = new Host();
  private final AtomicInteger listeners = new AtomicInteger();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @RegisterExtension
  final Logged logged = new Logged();

  @BeforeEach
  void rooms() {
    host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Records each call, and then throws. */
  private final class Throwing implements PollObserver {
    @Override
    public void pollBegan(UserId user) {
      told.add("began");
      throw new IllegalStateException("test");
    }

    @Override
    public void pollEnded(UserId user) {
      told.add("ended");
      throw new AssertionError("test");
    }
  }

  @Test
  void close_observerThrows_answersAllAndEndsEverything() {
    SyncEngine engine = host.start(
        host.bare().settings(listened(UserSettings.class, host.settings)).observer(new Throwing()));
    List<CompletableFuture<EventBatch>> polls =
        List.of(host.park(ALICE, null), host.park(ALICE, null), host.park(BOB, null));

    engine.close();

    assertThat(polls).allSatisfy(poll -> assertThat(answered(poll).chunk()).isEmpty());
    assertThat(engine.hasNoPolls()).isTrue();
    assertThat(listeners).hasValue(0);
    assertThat(host.time.waiting()).isZero();
    assertThat(told).containsExactly("began", "began", "began", "ended", "ended", "ended");
    assertThatTheObserversFailuresAreLoggedOnce();
  }

  @Test
  void poll_observerThrows_isAnsweredLikeAnyOther() {
    host.start(host.bare().observer(new Throwing()));
    CompletableFuture<EventBatch> poll = host.park(BOB, host.here());

    host.message(ROOM, ALICE);

    assertThat(answered(poll).chunk()).hasSize(1);
    assertThatTheObserversFailuresAreLoggedOnce();
  }

  private void assertThatTheObserversFailuresAreLoggedOnce() {
    assertThat(logged.entries()).singleElement().asString().contains("the poll observer failed");
  }

  @Test
  void close_withAReason_isTheMessageOfLaterCalls() {
    SyncEngine engine = host.start(host.bare(host.events));
    engine.close("the test is over");
    engine.close("again");

    assertThatThrownBy(() -> engine.stream(ALICE, null, Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the test is over");
  }

  @Test
  void close_whileAStreamIsRead_failureOfThatReadIsNotLogged() {
    HookedEvents events = new HookedEvents(host.events);
    SyncEngine engine = host.start(host.bare(events.store()));
    events.before("log", () -> {
      engine.close();
      throw StoreException.failed("the pool is closed", null);
    });

    host.message(ROOM, ALICE);

    assertThat(engine.isClosed()).isTrue();
    assertThat(logged.entries()).isEmpty();
  }

  @Test
  void close_whileAllStreamsAreRefreshed_failureOfTheRefreshIsNotLogged() {
    AtomicReference<@Nullable SyncEngine> closes = new AtomicReference<>();
    TypingStore closing = TypingStore.class.cast(Proxy.newProxyInstance(
        PositionedStream.class.getClassLoader(),
        new Class<?>[] {TypingStore.class},
        (proxy, method, arguments) -> {
          SyncEngine open = closes.get();
          if (method.getName().equals("nextDeadline") && open != null) {
            open.close();
            throw StoreException.failed("the pool is closed", null);
          }
          return method.invoke(host.typing, arguments);
        }));
    SyncEngine engine = host.start(host.bare().typing(closing));
    closes.set(engine);

    host.time.advance(Duration.ofSeconds(1));

    assertThat(engine.isClosed()).isTrue();
    assertThat(logged.entries()).isEmpty();
  }

  @Test
  void close_storeFailsToTakeAListenerAway_everythingElseIsClosed() {
    SyncEngine engine = host.start(host.bare()
        .receipts(listened(ReceiptStore.class, host.receipts))
        .settings(failingListeners(UserSettings.class, host.settings)));
    CompletableFuture<EventBatch> poll = host.park(BOB, host.here());

    assertThatThrownBy(engine::close).isInstanceOf(StoreException.class);

    assertThat(answered(poll).chunk()).isEmpty();
    assertThat(listeners).hasValue(0);
    assertThat(host.time.waiting()).isZero();
    engine.close();
  }

  @Test
  void poll_watermarkFails_failsAndLeavesNothing() {
    HookedEvents events = new HookedEvents(host.events);
    SyncEngine engine = host.start(
        host.bare(events.store()).polls(PollSettings.DEFAULT.withInAll(1)).observer(noting()));
    events.before("watermark", () -> {
      throw StoreException.failed("test", null);
    });

    CompletableFuture<EventBatch> failed = engine.stream(BOB, null, Duration.ofSeconds(30));

    assertThatThrownBy(failed::join).hasCauseInstanceOf(StoreException.class);
    events.calm();
    assertThat(told).containsExactly("began", "ended");
    assertThat(engine.hasNoPolls()).isTrue();
    assertThat(engine.stream(BOB, null, Duration.ZERO).join().chunk()).isEmpty();
  }

  /** Each store in turn fails when the engine registers its listener. */
  @Test
  void build_storeFails_takesAllListenersAwayAndEndsTheThreads() {
    assertFailsCleanly(host.bare()
        .settings(listened(UserSettings.class, host.settings))
        .receipts(failing(ReceiptStore.class, host.receipts, "onAdvance")));
    assertFailsCleanly(host.bare()
        .settings(failing(UserSettings.class, host.settings, "onChange"))
        .receipts(listened(ReceiptStore.class, host.receipts)));
  }

  private void assertFailsCleanly(SyncEngineBuilder builder) {
    assertThatThrownBy(builder::build).isInstanceOf(StoreException.class);
    assertThat(listeners).hasValue(0);
    assertThat(host.time.waiting()).isZero();
  }

  @Test
  void build_storeFailsWithThreadsOfItsOwn_leavesNoThread() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    SyncEngineBuilder builder = SyncEngine.builder(host.events)
        .receipts(failing(ReceiptStore.class, host.receipts, "onAdvance"));

    assertThatThrownBy(builder::build).isInstanceOf(StoreException.class);

    assertNoThreadIsLeft(before);
  }

  @Test
  void close_observerThrowsOnThreadsOfTheEngine_leavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    SyncEngine engine = SyncEngine.builder(host.events).observer(new Throwing()).build();
    CompletableFuture<EventBatch> poll = engine.stream(BOB, null, Duration.ofMinutes(5));
    host.message(ROOM, ALICE);
    EventBatch batch = poll.get(30, TimeUnit.SECONDS);
    CompletableFuture<EventBatch> parked = engine.stream(BOB, batch.end(), Duration.ofMinutes(5));

    engine.close();

    assertThat(batch.chunk()).hasSize(1);
    assertThat(parked.get(30, TimeUnit.SECONDS).chunk()).isEmpty();
    assertNoThreadIsLeft(before);
    assertThat(engine.hasNoPolls()).isTrue();
    assertThat(told).containsExactlyInAnyOrder("began", "began", "ended", "ended");
    assertThatTheObserversFailuresAreLoggedOnce();
  }

  private static void assertNoThreadIsLeft(Set<Thread> before) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("matrix-sync") && !before.contains(thread))
        .collect(Collectors.toSet())) {
      thread.join(30_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  /** Each look that finds events reads the clock: only the poll for which it throws fails. */
  @Test
  void message_clockFailsOnce_failsOnePollAlone() {
    AtomicInteger failures = new AtomicInteger();
    host.start(host.bare().clock(() -> {
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("test");
      }
      return host.now();
    }));
    StreamToken here = host.here();
    List<CompletableFuture<EventBatch>> polls =
        List.of(host.park(ALICE, here), host.park(BOB, here));
    failures.set(1);

    host.message(ROOM, ALICE);

    assertThat(polls).allMatch(CompletableFuture::isDone);
    assertThat(polls.stream().filter(CompletableFuture::isCompletedExceptionally))
        .hasSize(1);
    assertThat(polls.stream().filter(poll -> !poll.isCompletedExceptionally()))
        .allSatisfy(poll -> assertThat(answered(poll).chunk()).hasSize(1));
  }

  /** The scheduler fails to cancel tasks: polls end all the same, and leave nothing behind. */
  @Test
  void poll_schedulerFailsToCancel_endsWhollyAndSoDoesTheEngine() {
    SyncEngine engine = host.start(host.bare()
        .presence(host.presence)
        .receipts(listened(ReceiptStore.class, host.receipts))
        .observer(noting())
        .scheduler(new Scheduler() {
          @Override
          public Scheduled schedule(Runnable task, Duration delay) {
            Scheduled unused = host.time.schedule(task, delay);
            return () -> {
              throw new IllegalStateException("test");
            };
          }

          @Override
          public long nanoTime() {
            return host.time.nanoTime();
          }
        }));
    CompletableFuture<EventBatch> held = host.park(BOB, host.here());
    host.online(ALICE);
    assertThat(held).isNotDone();
    host.message(ROOM, ALICE);
    assertThat(answered(held).chunk()).hasSize(2);
    CompletableFuture<EventBatch> parked = host.park(BOB, answered(held).end());

    engine.close();

    assertThat(answered(parked).chunk()).isEmpty();
    assertThat(engine.hasNoPolls()).isTrue();
    assertThat(listeners).hasValue(0);
    assertThat(Collections.frequency(told, "began"))
        .isEqualTo(Collections.frequency(told, "ended"));
    assertThat(logged.entries())
        .singleElement()
        .asString()
        .contains("the scheduler fails to remove canceled tasks");
  }

  /** The engine is closed while it schedules its next fallback look: no task is left. */
  @Test
  void close_whileTheNextLooksAreArranged_nothingWaits() {
    AtomicReference<@Nullable SyncEngine> closing = new AtomicReference<>();
    SyncEngine engine = host.start(host.bare().scheduler(new Scheduler() {
      @Override
      public Scheduled schedule(Runnable task, Duration delay) {
        SyncEngine now = closing.getAndSet(null);
        if (now != null) {
          now.close();
        }
        return host.time.schedule(task, delay);
      }

      @Override
      public long nanoTime() {
        return host.time.nanoTime();
      }
    }));
    closing.set(engine);

    host.time.advance(Duration.ofSeconds(1));

    assertThat(engine.isClosed()).isTrue();
    assertThat(host.time.waiting()).isZero();
  }

  /** The failure of a snapshot that is shared is not thrown on the caller's thread either. */
  @Test
  void snapshot_watermarkFailsWhileAnotherIsTaken_failsInTheFuture() {
    HookedEvents events = new HookedEvents(host.events);
    HookedDirectory directory = new HookedDirectory();
    host.start(host.bare(events.store()).directory(directory));
    List<CompletableFuture<InitialSync>> second = new ArrayList<>();
    events.before("timelines", () -> {
      events.before("watermark", () -> {
        throw StoreException.failed("test", null);
      });
      second.add(host.engine().initialSyncAsync(BOB, 1, SnapshotOptions.DEFAULT));
      events.calm();
    });

    InitialSync first = host.engine().initialSync(BOB, 1);

    assertThat(first.rooms()).hasSize(1);
    assertThat(second).singleElement().satisfies(answer -> assertThat(answer).isCompleted());
  }

  private PollObserver noting() {
    return new PollObserver() {
      @Override
      public void pollBegan(UserId user) {
        told.add("began");
      }

      @Override
      public void pollEnded(UserId user) {
        told.add("ended");
      }
    };
  }

  /** Returns a store that counts its listeners. */
  private <R> R listened(Class<R> role, R store) {
    return proxy(role, store, "none", () -> {});
  }

  /** Returns a store that fails to remove listeners. */
  private <R> R failingListeners(Class<R> role, R store) {
    return proxy(role, store, "none", () -> {
      throw StoreException.failed("test", null);
    });
  }

  /** Returns a store one method of which fails. */
  private <R> R failing(Class<R> role, R store, String method) {
    return proxy(role, store, method, () -> {});
  }

  private <R> R proxy(Class<R> role, R store, String failing, Runnable atClose) {
    return role.cast(Proxy.newProxyInstance(
        PositionedStream.class.getClassLoader(),
        new Class<?>[] {role},
        (proxy, method, arguments) -> {
          if (method.getName().equals(failing)) {
            throw StoreException.failed("test", null);
          }
          try {
            Object answer = method.invoke(store, arguments);
            return answer instanceof Registration one ? counted(one, atClose) : answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }

  private Registration counted(Registration registration, Runnable atClose) {
    listeners.incrementAndGet();
    return () -> {
      listeners.decrementAndGet();
      registration.close();
      atClose.run();
    };
  }
}
