package io.github.matrixsync.store.tck.broken;

import static io.github.matrixsync.store.tck.broken.BrokenStore.ofLog;
import static io.github.matrixsync.store.tck.broken.BrokenStore.ofStore;

import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Rule;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores that break the rules P, W and L. */
public final class BrokenStreams {
  public static final List<BrokenStore> ALL = List.of(
      ofLog(Rule.P1, "backfill rises", BackfillRises::new),
      ofStore(Rule.P2, "forgets what is old", ForgetsOld::new),
      ofStore(Rule.W1, "stale watermark in other threads", StalePerThread::new),
      ofStore(Rule.W1, "watermark falls with backfill", FallsWithBackfill::new),
      ofStore(Rule.W2, "watermark moves later", MovesLater::new),
      ofStore(Rule.W3, "watermark takes the lock of reads", LocksForWatermark::new),
      ofStore(Rule.W3, "watermark looks at the storage", LooksForWatermark::new),
      ofStore(Rule.L1, "every other signal is lost", LosesSignals::new),
      ofStore(Rule.L1, "signals before the watermark moves", SignalsEarly::new),
      ofStore(Rule.L2, "signals under the lock", SignalsUnderLock::new),
      ofStore(Rule.L2, "a listener's failure reaches the writer", PassesFailuresOn::new),
      ofStore(Rule.L2, "a closed registration is still called", NeverForgetsListeners::new));

  private BrokenStreams() {}

  private static final class BackfillRises extends ReferenceLog {
    @Override
    public long nextPosition(EventKind kind) {
      if (kind == EventKind.BACKFILL) {
        lastBackfill = lastBackfill == 0 ? -1_000_000 : lastBackfill + 1;
        return lastBackfill;
      }
      return super.nextPosition(kind);
    }
  }

  private static final class ForgetsOld extends ReferenceEventStore {
    ForgetsOld(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage log(Interest interest, long after, long upTo, int limit) {
      return super.log(interest, Math.max(after, Math.min(upTo, watermark - 120)), upTo, limit);
    }
  }

  private static final class StalePerThread extends ReferenceEventStore {
    private static final ThreadLocal<Boolean> WRITES = ThreadLocal.withInitial(() -> false);
    private final ThreadLocal<long[]> seen = ThreadLocal.withInitial(() -> new long[2]);

    StalePerThread(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> append(List<Append> batch, Runnable beforeCommit) {
      WRITES.set(true);
      return super.append(batch, beforeCommit);
    }

    @Override
    public long watermark() {
      long[] mine = seen.get();
      if (WRITES.get() || mine[1]++ % 2 == 0) {
        mine[0] = super.watermark();
      }
      requireOpen();
      return mine[0];
    }
  }

  private static final class FallsWithBackfill extends ReferenceEventStore {
    FallsWithBackfill(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> append(List<Append> batch, Runnable beforeCommit) {
      List<Long> positions = super.append(batch, beforeCommit);
      if (!positions.isEmpty() && StoreReads.last(positions) < 0) {
        watermark = Math.max(0, watermark - 1);
      }
      return positions;
    }
  }

  /** Moves the watermark from a thread of its own, once somebody has looked. */
  private static final class MovesLater extends ReferenceEventStore {
    private final Set<CountDownLatch> looks = ConcurrentHashMap.newKeySet();

    MovesLater(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> append(List<Append> batch, Runnable beforeCommit) {
      beforeCommit.run();
      List<Append> appends = List.copyOf(batch);
      CountDownLatch look = new CountDownLatch(1);
      List<Long> positions;
      synchronized (log) {
        requireWorking(false);
        positions = log.append(appends);
        backfilledTo = log.lastBackfill;
      }
      looks.add(look);
      Threads.start(() -> {
        boolean looked = look.await(200, TimeUnit.MILLISECONDS);
        looks.remove(look);
        synchronized (log) {
          log.instances.forEach(ReferenceEventStore::take);
        }
        List.copyOf(log.instances).forEach(instance -> instance.listeners.call());
        return looked;
      });
      return positions;
    }

    @Override
    public long watermark() {
      long before = super.watermark();
      looks.forEach(CountDownLatch::countDown);
      return before;
    }
  }

  private static final class LocksForWatermark extends ReferenceEventStore {
    LocksForWatermark(ReferenceLog log) {
      super(log);
    }

    @Override
    public long watermark() {
      synchronized (log) {
        return super.watermark();
      }
    }
  }

  private static final class LooksForWatermark extends ReferenceEventStore {
    LooksForWatermark(ReferenceLog log) {
      super(log);
    }

    @Override
    public long watermark() {
      requireWorking(true);
      return super.watermark();
    }
  }

  private static final class LosesSignals extends ReferenceEventStore {
    private final AtomicInteger signals = new AtomicInteger();

    LosesSignals(ReferenceLog log) {
      super(log);
    }

    @Override
    public void signal() {
      if (signals.getAndIncrement() % 2 == 0) {
        super.signal();
      }
    }
  }

  private static final class SignalsEarly extends ReferenceEventStore {
    SignalsEarly(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> append(List<Append> batch, Runnable beforeCommit) {
      listeners.call();
      return super.append(batch, beforeCommit);
    }

    @Override
    public void signal() {}
  }

  private static final class SignalsUnderLock extends ReferenceEventStore {
    SignalsUnderLock(ReferenceLog log) {
      super(log);
    }

    @Override
    public void signal() {
      synchronized (log) {
        super.signal();
      }
    }
  }

  private static final class PassesFailuresOn extends ReferenceEventStore {
    PassesFailuresOn(ReferenceLog log) {
      super(log);
    }

    @Override
    public void signal() {
      listeners.listeners.forEach(Runnable::run);
    }
  }

  private static final class NeverForgetsListeners extends ReferenceEventStore {
    NeverForgetsListeners(ReferenceLog log) {
      super(log);
    }

    @Override
    public Registration onAdvance(Runnable listener) {
      Registration unused = super.onAdvance(listener);
      return () -> {};
    }
  }
}
