package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.StoreException;
import java.util.Collection;
import java.util.List;

/**
 * A stream that keeps only the latest change of each key: a new change takes a new position, and the key's earlier
 * change is removed (rule C1). Thread-safe; {@link #changes} and {@link #current} may block.
 *
 * @param <K> the key by which snapshots read entries
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
   * Returns the latest changes with positions in {@code (after, upTo]}, ascending, at most {@code limit}; the lowest
   * ones if there are more (rules B1, B2, C1).
   *
   * @param upTo at most the watermark
   * @throws ExpiredPositionException if {@code after} is below {@link #retainedAfter()}
   * @throws StoreException if reading failed
   */
  List<C> changes(long after, long upTo, int limit);

  /**
   * Returns the latest changes that belong to {@code keys}, in any order. A key without a change is left out (rule C2).
   *
   * @throws StoreException if reading failed
   */
  List<C> current(Collection<K> keys);
}
