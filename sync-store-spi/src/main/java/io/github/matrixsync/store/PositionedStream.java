package io.github.matrixsync.store;

/**
 * A stream of changes with strictly increasing positions; 0 is before the first. Bounds are always {@code after}
 * (exclusive) and {@code upTo} (inclusive).
 *
 * <p>Thread-safe. The rules are those of the {@link io.github.matrixsync.store package}.
 *
 * @since 0.1.0
 */
public interface PositionedStream {
  /**
   * Returns the watermark: the position up to which everything is final and readable. Does no I/O, never falls, and
   * covers every change whose writing call has returned on this node (rules W1, W2, W3).
   */
  long watermark();

  /**
   * Reads the storage once and returns the watermark found there. If another instance advanced it, the listeners are
   * called as after any advance (rule L1). May block. The default is for a stream that no other process writes.
   *
   * @throws StoreException if reading failed
   */
  default long refresh() {
    return watermark();
  }

  /**
   * Returns the position at and below which changes may be missing because they were purged or forgotten. Does no I/O,
   * never falls, is at most the watermark; 0, the default, if nothing is missing (rule R2). What another instance
   * purged counts from the next {@link #refresh()} on; a read that comes before it fails all the same.
   */
  default long retainedAfter() {
    return 0;
  }

  /**
   * Adds a listener that is called without arguments after the watermark has advanced. Calls may be late, repeated or
   * merged; they come on any thread, with no lock of the stream held, and the listener must return soon (rules L1, L2).
   */
  Registration onAdvance(Runnable listener);
}
