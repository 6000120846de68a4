package io.github.matrixsync.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.world.CountingPresence;
import io.github.matrixsync.world.ForgetfulPresence;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.World;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which entries of a key are cached, and how often the store is read for them. */
class LatestFollowerTest {
  private static final UserId BOB = Host.BOB;

  private final Host host = new Host();
  private final CountingPresence store = new CountingPresence(host.presence);
  private final EngineThreads threads = new EngineThreads(Runnable::run, host.time);
  private LatestFollower<UserId, PresenceChange> follower = follow();

  @RegisterExtension
  final Logged logged = new Logged();

  @AfterEach
  void close() {
    follower.close();
    threads.close();
  }

  @Test
  void latest_changeThatIsKept_needsNoStore() {
    host.online(BOB);

    assertThat(state()).containsExactly(PresenceState.ONLINE);
    assertThat(store.reads).isZero();
  }

  @Test
  void latest_changeFromBefore_isReadOnce() {
    host.online(BOB);
    follower = follow();

    assertThat(state()).containsExactly(PresenceState.ONLINE);
    assertThat(state()).containsExactly(PresenceState.ONLINE);
    assertThat(store.reads).isEqualTo(1);
  }

  @Test
  void latest_noChangeEver_isReadOnceAndThenSeen() {
    assertThat(state()).isEmpty();
    assertThat(state()).isEmpty();
    assertThat(store.reads).isEqualTo(1);
    host.online(BOB);

    assertThat(state()).containsExactly(PresenceState.ONLINE);
  }

  @Test
  void latest_readFails_failsAndIsReadTheNextTime() {
    host.online(BOB);
    follower = follow();
    store.broken = true;
    assertThatThrownBy(this::state).isInstanceOf(StoreException.class);
    assertThatThrownBy(this::state).isInstanceOf(StoreException.class);
    store.broken = false;

    assertThat(state()).containsExactly(PresenceState.ONLINE);
    assertThat(store.reads).isEqualTo(3);
  }

  @Test
  void latest_whileAnotherReadsTheSame_waitsForThatRead() throws Exception {
    host.online(BOB);
    follower = follow();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    store.during = () -> {
      begun.countDown();
      await(goOn);
    };
    FutureTask<List<PresenceState>> reading = new FutureTask<>(this::state);
    FutureTask<List<PresenceState>> waiting = new FutureTask<>(this::state);
    new Thread(reading).start();
    await(begun);
    Thread other = new Thread(waiting);
    other.start();
    while (other.getState() != Thread.State.WAITING && other.isAlive()) {
      Thread.onSpinWait();
    }

    goOn.countDown();

    assertThat(reading.get(1, TimeUnit.MINUTES)).containsExactly(PresenceState.ONLINE);
    assertThat(waiting.get(1, TimeUnit.MINUTES)).containsExactly(PresenceState.ONLINE);
    assertThat(store.reads).isEqualTo(1);
  }

  /** A value read before a change must not be used after the change has left the cache. */
  @Test
  void latest_changeThatIsKeptNoLonger_isNotWhatWasReadBefore() {
    host.online(BOB);
    follower = follow();
    assertThat(state()).containsExactly(PresenceState.ONLINE);
    host.presence(BOB, PresenceState.UNAVAILABLE);
    for (int i = 0; i < CoalescingFollower.MAX_CACHED; i++) {
      host.online(World.user("other" + i));
    }
    assertThat(follower.newest(BOB)).isEmpty();

    assertThat(state()).containsExactly(PresenceState.UNAVAILABLE);
  }

  @Test
  void kept_moreThanTheBound_theOldestAreReadAgain() {
    for (int i = 0; i <= CoalescingFollower.MAX_CACHED; i++) {
      host.online(World.user("other" + i));
    }
    long end = follower.published();

    assertThat(follower.cached(0, end)).isEmpty();
    assertThat(follower.cached(1, end).orElseThrow()).hasSize(CoalescingFollower.MAX_CACHED);
  }

  @Test
  void read_streamThatForgotWhatWasNotFollowed_goesOnFromThere() {
    ForgetfulPresence forgetful = new ForgetfulPresence();
    follower.close();
    follower = follow(forgetful);
    forgetful.retained = 40;
    forgetful.end = 50;

    follower.catchUp();

    assertThat(follower.published()).isEqualTo(50);
    assertThat(follower.cached(0, 50)).isEmpty();
    assertThat(follower.wantsEverything(39)).isTrue();
    assertThat(follower.wantsEverything(40)).isFalse();
    assertThat(follower.current(Set.of(BOB), 39, 50)).hasSize(1);
    assertThat(follower.current(Set.of(BOB), 40, 50)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private LatestFollower<UserId, PresenceChange> follow() {
    LatestFollower<UserId, PresenceChange> started = follow(store);
    started.start();
    return started;
  }

  private LatestFollower<UserId, PresenceChange> follow(PresenceStore presence) {
    return new LatestFollower<>(
        EphemeralStream.PRESENCE,
        presence,
        PresenceChange::user,
        (change, targets) -> {},
        new FollowerContext(threads, targets -> {}));
  }

  /** The store reports every position as purged, and makes no progress. */
  @Test
  void all_storeThatMakesNoProgress_failsInsteadOfReadingForEver() {
    host.online(BOB);
    AtomicInteger reads = new AtomicInteger();
    PresenceStore stuck = (PresenceStore) Proxy.newProxyInstance(
        PresenceStore.class.getClassLoader(),
        new Class<?>[] {PresenceStore.class},
        (proxy, method, arguments) -> {
          if (!method.getName().equals("changes")) {
            return method.invoke(host.presence, arguments);
          }
          assertThat(reads.incrementAndGet()).isLessThan(10);
          throw new ExpiredPositionException((Long) arguments[0], (Long) arguments[0]);
        });

    assertThatThrownBy(() -> follow(stuck).all(0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no progress");
  }

  private List<PresenceState> state() {
    return follower.latest(List.of(BOB)).values().stream()
        .map(PresenceChange::state)
        .toList();
  }
}
