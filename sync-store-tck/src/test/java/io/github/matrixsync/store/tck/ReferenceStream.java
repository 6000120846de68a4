package io.github.matrixsync.store.tck;

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
abstract class ReferenceStream<K, C extends CoalescingStream.Change>
    implements CoalescingStream<K, C> {
  final List<C> rows = new ArrayList<>(); // guarded by this
  final ReferenceListeners listeners = new ReferenceListeners();
  final long retainedAfter;
  long last; // guarded by this
  volatile long watermark;

  ReferenceStream(long firstPosition) {
    retainedAfter = firstPosition - 1;
    last = retainedAfter;
    watermark = retainedAfter;
  }

  /** Returns by what snapshots ask for a change. */
  abstract K keyOf(C change);

  /** Returns what has one entry. */
  abstract Object entryOf(C change);

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
  synchronized long put(LongFunction<C> changeAt) {
    C change = changeAt.apply(++last);
    rows.removeIf(row -> entryOf(row).equals(entryOf(change)));
    rows.add(change);
    return change.position();
  }

  /** Shows what was put and tells the listeners. */
  void publish() {
    synchronized (this) {
      watermark = last;
    }
    listeners.call();
  }
}
