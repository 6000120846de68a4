package io.github.matrixsync.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.ManualScheduler;
import io.github.matrixsync.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a stream is read and on which thread, what happens after a failure, and who is woken after a read. */
class FollowerTest {
  private static final int PAGE = 10;

  private final Stream stream = new Stream();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final EngineThreads threads = new EngineThreads(waiting::add, new ManualScheduler());
  private final List<UserId> woken = new ArrayList<>();
  private final Reading follower = new Reading();

  @RegisterExtension
  final Logged logged = new Logged();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void start_streamThatMovedSinceItWasMade_isCaughtUpWith() {
    stream.end = 5;

    follower.start();
    runWaiting();

    assertThat(follower.published()).isEqualTo(5);
  }

  @Test
  void signal_manyBeforeAnybodyReads_areOneRead() {
    follower.start();
    runWaiting();
    stream.moveTo(3);
    stream.moveTo(5);
    stream.moveTo(5);

    assertThat(waiting).hasSize(1);
    runWaiting();

    assertThat(follower.reads).containsExactly("0-5");
  }

  @Test
  void signal_duringTheRead_isFollowedAfterIt() {
    follower.start();
    runWaiting();
    follower.during = () -> {
      follower.during = () -> {};
      stream.moveTo(7);
    };
    stream.moveTo(5);

    runWaiting();

    assertThat(follower.reads).containsExactly("0-5", "5-7");
  }

  @Test
  void signal_readFails_theNextOneReadsAgain() {
    follower.start();
    runWaiting();
    follower.during = FollowerTest::fail;
    stream.moveTo(5);
    runWaiting();
    assertThat(follower.published()).isZero();
    follower.during = () -> {};
    stream.moveTo(6);
    runWaiting();

    assertThat(follower.reads).containsExactly("0-5", "0-6");
    assertThat(follower.published()).isEqualTo(6);
    assertLoggedThatItCannotBeReadForAWhile();
  }

  @Test
  void close_laterSignals_areIgnored() {
    follower.start();
    runWaiting();

    follower.close();
    stream.moveTo(5);

    assertThat(stream.listeners).isEmpty();
    assertThat(waiting).isEmpty();
  }

  @Test
  void isBehind_streamAboveWhatIsPublished_untilItIsRead() {
    assertThat(follower.isBehind()).isFalse();
    stream.end = 1;
    assertThat(follower.isBehind()).isTrue();

    follower.catchUp();

    assertThat(follower.isBehind()).isFalse();
  }

  @Test
  void isBehind_somethingStaleAtTheEndOfTheStream_untilItIsRead() {
    follower.backfill = -1;
    assertThat(follower.isBehind()).isTrue();

    follower.catchUp();

    assertThat(follower.reads).containsExactly("0-0");
    assertThat(follower.isBehind()).isFalse();
  }

  @Test
  void catchUp_moreThanOnePage_readsUpToTheEndOfNowAndWakesAfterEach() {
    stream.end = 25;
    follower.during = () -> stream.end++;

    follower.catchUp();

    assertThat(follower.reads).containsExactly("0-25", "10-26", "20-27");
    assertThat(follower.published()).isEqualTo(27);
    assertThat(woken).containsExactly(user(0), user(10), user(20));
  }

  @Test
  void catchUp_nothingNew_readsNothingAndWakesNobody() {
    follower.catchUp();

    assertThat(follower.reads).isEmpty();
    assertThat(woken).isEmpty();
  }

  @Test
  void catchUp_newPartThatConcernsNobody_wakesNobody() {
    boolean[] called = new boolean[1];
    FollowerContext context = new FollowerContext(threads, targets -> called[0] = true);
    Follower quiet = new Follower("quiet", stream, context) {
      @Override
      void read(long after, long upTo, WakeUpTargets targets) {
        publish(upTo);
      }
    };
    stream.end = 5;

    quiet.catchUp();

    assertThat(quiet.published()).isEqualTo(5);
    assertThat(called[0]).isFalse();
  }

  /** The part read before the failure is published, so its polls must be woken now. */
  @Test
  void catchUp_secondPageFails_wakesForTheFirstAndGoesOnFromThere() {
    stream.end = 15;
    follower.during = () -> {
      if (follower.published() == PAGE) {
        fail();
      }
    };

    assertThatThrownBy(follower::catchUp).isInstanceOf(StoreException.class);

    assertThat(follower.published()).isEqualTo(PAGE);
    assertThat(woken).containsExactly(user(0));
    follower.during = () -> {};
    follower.catchUp();
    assertThat(follower.reads).containsExactly("0-15", "10-15", "10-15");
    assertThat(woken).containsExactly(user(0), user(10));
    assertLoggedThatItCannotBeReadForAWhile();
  }

  @Test
  void catchUp_storeThatMakesNoProgress_failsInsteadOfTryingForEver() {
    stream.end = 5;
    follower.page = 0;

    assertThatThrownBy(follower::catchUp)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no progress after 0");
    assertLoggedThatItCannotBeRead();
  }

  @Test
  void catchUp_whileAnotherReads_waitsForThatReadAndReadsNothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    follower.during = () -> {
      begun.countDown();
      await(goOn);
    };
    stream.end = 5;
    Thread reader = new Thread(follower::catchUp);
    reader.start();
    await(begun);
    Thread other = new Thread(follower::catchUp);
    other.start();
    while (other.getState() != Thread.State.WAITING && other.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(other.isAlive()).isTrue();

    goOn.countDown();
    join(reader);
    join(other);

    assertThat(follower.reads).containsExactly("0-5");
    assertThat(follower.published()).isEqualTo(5);
  }

  /** A thread that has published may still read the store to find whom to wake. */
  @Test
  void catchUp_positionPublishedByAReaderThatIsNotDone_doesNotWait() {
    Thread other = new Thread(follower::catchUp);
    List<Boolean> waits = new ArrayList<>();
    follower.afterwards = () -> {
      other.start();
      join(other);
      waits.add(other.isAlive());
    };
    stream.end = 5;

    follower.catchUp();

    assertThat(waits).containsExactly(false);
  }

  @Test
  void catchUp_failsAndThenSucceeds_isAnOutageInBetween() {
    stream.end = 5;
    follower.during = FollowerTest::fail;
    assertThatThrownBy(follower::catchUp).isInstanceOf(StoreException.class);
    assertThat(follower.failing().isOn()).isTrue();
    follower.during = () -> {};

    follower.catchUp();

    assertThat(follower.failing().isOn()).isFalse();
    assertLoggedThatItCannotBeReadForAWhile();
  }

  /** A store may throw anything: an error for a missing class, or a checked exception out of a proxy. */
  @Test
  void catchUp_storeThrowsAnError_isAFailureLikeAnyOther() {
    stream.end = 5;
    follower.during = () -> {
      throw new NoClassDefFoundError("test");
    };
    assertThatThrownBy(follower::catchUp).isInstanceOf(NoClassDefFoundError.class);
    assertThat(follower.failing().isOn()).isTrue();

    follower.refreshIfPossible();

    assertThat(follower.failing().isOn()).isTrue();
    assertLoggedThatItCannotBeRead();
  }

  /** A call with nothing to read does not show that the store can be read. */
  @Test
  void catchUp_nothingToRead_endsNoOutage() {
    stream.broken = true;
    assertThatThrownBy(follower::refresh).isInstanceOf(StoreException.class);

    follower.catchUp();

    assertThat(follower.failing().isOn()).isTrue();
    assertLoggedThatItCannotBeRead();
  }

  @Test
  void refresh_whatOthersStored_isFoundAndReadAndEndsTheOutage() {
    stream.broken = true;
    stream.elsewhere = 8;
    follower.refreshIfPossible();
    assertThat(follower.failing().isOn()).isTrue();
    assertThat(follower.published()).isZero();
    stream.broken = false;

    follower.refresh();

    assertThat(follower.published()).isEqualTo(8);
    assertThat(follower.failing().isOn()).isFalse();
    assertLoggedThatItCannotBeReadForAWhile();
  }

  @Test
  void refresh_nothingFound_endsTheOutageToo() {
    stream.broken = true;
    follower.refreshIfPossible();
    stream.broken = false;

    follower.refreshIfPossible();

    assertThat(follower.failing().isOn()).isFalse();
    assertLoggedThatItCannotBeReadForAWhile();
  }

  private void assertLoggedThatItCannotBeRead() {
    assertThat(logged.entries()).singleElement().asString().contains("stream test cannot be read");
  }

  private void assertLoggedThatItCannotBeReadForAWhile() {
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("stream test cannot be read"),
            entry -> assertThat(entry).contains("stream test can be read again"));
  }

  private void runWaiting() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private static UserId user(long after) {
    return World.user("u" + after);
  }

  private static void fail() {
    throw StoreException.failed("test", null);
  }

  /** A host backfills as fast as the engine reads: each call reads what was there when it began. */
  @Test
  void catchUp_moreBackfillDuringEveryRead_endsNevertheless() {
    follower.backfill = -1;
    follower.during = () -> {
      if (follower.reads.size() < 100) {
        follower.backfill--;
      }
    };

    follower.catchUp();

    assertThat(follower.reads).hasSize(1);
    assertThat(follower.isBehind()).isTrue();
  }

  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads at most a page at a time, and each read concerns one user. */
  private final class Reading extends Follower {
    final List<String> reads = new ArrayList<>();
    Runnable during = () -> {};
    Runnable afterwards = () -> {};
    long backfill;
    long taken;
    int page = PAGE;

    Reading() {
      super("test", stream, new FollowerContext(threads, targets -> woken.addAll(targets.users())));
    }

    @Override
    long backfilledTo() {
      return backfill;
    }

    @Override
    long takenBackfill() {
      return taken;
    }

    @Override
    void read(long after, long upTo, WakeUpTargets targets) {
      reads.add(after + "-" + upTo);
      long came = backfill;
      during.run();
      taken = came;
      targets.addUser(user(after));
      publish(Math.min(upTo, after + page));
      afterwards.run();
    }
  }

  /** A stream that has only a watermark, which the test moves. */
  private static final class Stream implements PositionedStream {
    final List<Runnable> listeners = new ArrayList<>();
    volatile long end;
    long elsewhere;
    boolean broken;

    void moveTo(long position) {
      end = position;
      List.copyOf(listeners).forEach(Runnable::run);
    }

    @Override
    public long watermark() {
      return end;
    }

    @Override
    public long refresh() {
      if (broken) {
        fail();
      }
      end = Math.max(end, elsewhere);
      return end;
    }

    @Override
    public Registration onAdvance(Runnable listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }
  }
}
