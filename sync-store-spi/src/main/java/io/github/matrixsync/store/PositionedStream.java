package io.github.matrixsync.store;

/**
 * A stream that numbers its changes: each has a position, and positions strictly increase. 0 lies before the first.
 * Bounds are always {@code after} (exclusive) and {@code upTo} (inclusive).
 *
 * <p>Thread-safe. The rules are those of the {@link io.github.matrixsync.store package}.
 *
 * @since 0.1.0
 */
public interface PositionedStream {
  /**
   * Returns the position up to which everything is final and readable. Does no I/O, never falls, and covers every
   * change whose writing call has returned on this node (rules W1, W2, W3).
   */
  long watermark();

  /**
   * Looks at the storage once and returns the watermark that this look found. May block. A stream that no other process
   * writes needs no look, hence the default.
   *
   * @throws StoreException if the look failed
   */
  default long refresh() {
    return watermark();
  }

  /**
   * Returns the position at and below which changes may be missing because they were purged or forgotten. Does no I/O,
   * never falls, is at most the watermark; 0 if nothing is missing (rule R2), hence the default.
   */
  default long retainedAfter() {
    return 0;
  }

  /**
   * Adds a listener that is called after the watermark has moved; it is told nothing but that. Calls may be late,
   * doubled or merged; they come on any thread, with no lock of the stream held, and the listener must return soon
   * (rules L1, L2).
   */
  Registration onAdvance(Runnable listener);
}
