package io.github.matrixsync.internal.follow;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.races.AtOnce;
import io.github.matrixsync.races.HandScheduler;
import io.github.matrixsync.races.Race;
import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several threads catch up with a stream, which may advance meanwhile. */
class FollowerRaceTest {
  private static final int INTERLEAVINGS = 200;

  /** A stream that advances by one. Thread-safe. */
  private static final class Numbers implements PositionedStream {
    private final AtomicLong watermark;
    private volatile Runnable listener = () -> {};

    Numbers(long watermark) {
      this.watermark = new AtomicLong(watermark);
    }

    void move() {
      watermark.incrementAndGet();
      listener.run();
    }

    @Override
    public long watermark() {
      return watermark.get();
    }

    @Override
    public Registration onAdvance(Runnable told) {
      throw new UnsupportedOperationException("its listener is set by hand");
    }
  }

  /** Records the positions that were applied. Thread-safe. */
  private static final class Taken {
    private final List<Long> positions = new ArrayList<>(); // guarded by this

    synchronized void add(long position) {
      positions.add(position);
    }

    synchronized boolean isEachOnceUpTo(long last) {
      boolean isSo = positions.size() == last;
      for (int i = 0; isSo && i < last; i++) {
        isSo = positions.get(i) == i + 1;
      }
      return isSo;
    }
  }

  /** A stream and its follower, from position 0 on. */
  private abstract static class Followed {
    final Numbers numbers;
    final Taken taken = new Taken();

    Followed(long watermark) {
      numbers = new Numbers(watermark);
      numbers.listener = this::signal;
    }

    abstract void catchUp();

    abstract void signal();

    abstract long published();
  }

  private static final class RealFollower extends Followed {
    private final Follower follower;

    RealFollower(long watermark) {
      super(watermark);
      EngineThreads threads = new EngineThreads(new AtOnce(), new HandScheduler());
      FollowerContext context = new FollowerContext(threads, targets -> {});
      follower = new Follower("numbers", numbers, context) {
        @Override
        void read(long after, long upTo, WakeUpTargets targets) {
          taken.add(after + 1);
          publish(after + 1);
        }
      };
      follower.publish(0);
    }

    @Override
    void catchUp() {
      follower.catchUp();
    }

    @Override
    void signal() {
      follower.signal();
    }

    @Override
    long published() {
      return follower.published();
    }
  }

  /** Lets every thread read by itself what it needs. */
  private static class CarelessFollower extends Followed {
    private volatile long published;

    CarelessFollower(long watermark) {
      super(watermark);
    }

    @Override
    void catchUp() {
      long target = numbers.watermark();
      while (published < target) {
        long next = published + 1;
        taken.add(next);
        published = next;
      }
    }

    @Override
    void signal() {
      catchUp();
    }

    @Override
    final long published() {
      return published;
    }
  }

  /** Reads on behalf of all threads, but takes a signal during a read for the part that it is reading. */
  private static final class SignalLosingFollower extends CarelessFollower {
    private final AtomicBoolean signalled = new AtomicBoolean();

    SignalLosingFollower(long watermark) {
      super(watermark);
    }

    @Override
    synchronized void catchUp() {
      super.catchUp();
    }

    @Override
    void signal() {
      if (signalled.compareAndSet(false, true)) {
        catchUp();
        signalled.set(false);
      }
    }
  }

  /** Two threads need the stream up to its end, of which nothing was read yet. */
  private static final class TwoCallers extends Race {
    private final Followed follower;
    private volatile long oneHas;
    private volatile long otherHas;

    TwoCallers(Followed follower) {
      this.follower = follower;
    }

    @Override
    protected void one() {
      follower.catchUp();
      oneHas = follower.published();
    }

    @Override
    protected void other() {
      follower.catchUp();
      otherHas = follower.published();
    }

    @Override
    protected void check() {
      require(oneHas == 2 && otherHas == 2, "who has caught up has what was there");
      require(follower.taken.isEachOnceUpTo(2), "each part is taken over once, in order");
    }
  }

  /** The stream advances twice at once, with a signal each. */
  private static final class TwoSignals extends Race {
    private final Followed follower;

    TwoSignals(Followed follower) {
      this.follower = follower;
    }

    @Override
    protected void one() {
      follower.numbers.move();
    }

    @Override
    protected void other() {
      follower.numbers.move();
    }

    @Override
    protected void check() {
      require(follower.published() == 2, "no signal is lost");
      require(follower.taken.isEachOnceUpTo(2), "each part is taken over once, in order");
    }
  }

  /** One thread needs the stream up to its end, while the stream advances and signals it. */
  private static final class CallerAndSignal extends Race {
    private final Followed follower;
    private volatile long has;

    CallerAndSignal(Followed follower) {
      this.follower = follower;
    }

    @Override
    protected void one() {
      follower.catchUp();
      has = follower.published();
    }

    @Override
    protected void other() {
      follower.numbers.move();
    }

    @Override
    protected void check() {
      require(has >= 1, "who has caught up has what was there");
      require(follower.published() == 2, "the signal is not lost");
      require(follower.taken.isEachOnceUpTo(2), "each part is taken over once, in order");
    }
  }

  /** Creates the logger before, so that the model checker does not explore that. */
  @BeforeAll
  static void makeTheLogger() {
    new OutageLog("none").over(0, "never was");
  }

  @Test
  void catchUp_twiceAtOnce_takesEachPartOnce() {
    Race.explore(INTERLEAVINGS, () -> new TwoCallers(new RealFollower(2)));
  }

  @Test
  void catchUp_carelessTwinTwiceAtOnce_takesPartsTwice() {
    Race.assertFound(() -> new TwoCallers(new CarelessFollower(2)));
  }

  @Test
  void signal_twiceAtOnce_isNeverLost() {
    Race.explore(INTERLEAVINGS, () -> new TwoSignals(new RealFollower(0)));
  }

  @Test
  void signal_deafTwinTwiceAtOnce_isLost() {
    Race.assertFound(() -> new TwoSignals(new SignalLosingFollower(0)));
  }

  @Test
  void signal_whileAnotherCatchesUp_isNeverLost() {
    Race.explore(INTERLEAVINGS, () -> new CallerAndSignal(new RealFollower(1)));
  }
}
