package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.StoreException;
import java.util.Collection;
import java.util.List;

/**
 * A stream that keeps the latest change per key: a new change of a key takes a new position, and the key's earlier one
 * is gone (rule C1). Thread-safe; every method but the watermark's may block.
 *
 * @param <K> by what snapshots ask for entries
 * @param <C> a change
 * @since 0.1.0
 */
public interface CoalescingStream<K, C extends CoalescingStream.Change> extends PositionedStream {

  /**
   * One key's latest change. Immutable.
   *
   * @since 0.1.0
   */
  interface Change {
    /** Returns the change's position, at least 1. */
    long position();
  }

  /**
   * Returns the changes that stand at positions in {@code (after, upTo]} now, ascending, at most {@code limit}: the
   * lowest ones if there are more (rules B1, B2, C1).
   *
   * @param upTo at most the watermark
   * @throws ExpiredPositionException if {@code after} is below {@link #retainedAfter()}
   * @throws StoreException if reading failed
   */
  List<C> changes(long after, long upTo, int limit);

  /**
   * Returns the latest changes that belong to {@code keys}, in any order. A key without one is left out (rule C2).
   *
   * @throws StoreException if reading failed
   */
  List<C> current(Collection<K> keys);
}
