package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * A coalescing stream as plainly as it can be written: a list of changes. Broken streams override what they break.
 * Thread-safe.
 *
 * @param <K> by what snapshots ask for entries
 * @param <C> a change
 */
public abstract class ReferenceStream<K, C extends CoalescingStream.Change>
    implements CoalescingStream<K, C> {
  public final List<C> rows = new ArrayList<>(); // guarded by this
  public final ReferenceListeners listeners = new ReferenceListeners();
  public final long retainedAfter;
  public long last; // guarded by this
  public volatile long watermark;

  public ReferenceStream(long firstPosition) {
    retainedAfter = firstPosition - 1;
    last = retainedAfter;
    watermark = retainedAfter;
  }

  /** Returns by what snapshots ask for a change. */
  public abstract K keyOf(C change);

  /** Returns what has one entry. */
  public abstract Object entryOf(C change);

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public long retainedAfter() {
    return retainedAfter;
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return listeners.add(listener);
  }

  @Override
  public synchronized List<C> changes(long after, long upTo, int limit) {
    if (after < retainedAfter()) {
      throw new ExpiredPositionException(after, retainedAfter());
    }
    return rows.stream()
        .filter(row -> row.position() > after && row.position() <= upTo)
        .sorted(Comparator.comparingLong(CoalescingStream.Change::position))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<C> current(Collection<K> keys) {
    Set<K> asked = Set.copyOf(keys);
    return rows.stream().filter(row -> asked.contains(keyOf(row))).toList();
  }

  /** Puts an entry into the place of another. */
  public synchronized long put(LongFunction<C> changeAt) {
    C change = changeAt.apply(++last);
    rows.removeIf(row -> entryOf(row).equals(entryOf(change)));
    rows.add(change);
    return change.position();
  }

  /** Shows what was put and tells the listeners. */
  public void publish() {
    synchronized (this) {
      watermark = last;
    }
    listeners.call();
  }
}
