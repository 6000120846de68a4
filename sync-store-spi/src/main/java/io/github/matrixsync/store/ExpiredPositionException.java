package io.github.matrixsync.store;

/**
 * A read asked for changes from a position below which they are no longer complete, also when a purge overtook the read
 * (rule R2).
 *
 * @since 0.1.0
 */
public final class ExpiredPositionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long after;
  private final long retainedAfter;

  /**
   * Says what was asked and what is left.
   *
   * @param after the position asked for
   * @param retainedAfter the lowest position from which reads are complete
   */
  public ExpiredPositionException(long after, long retainedAfter) {
    super("changes after " + after + " are incomplete, retained are those after " + retainedAfter);
    this.after = after;
    this.retainedAfter = retainedAfter;
  }

  /** Returns the position that was asked for. */
  public long after() {
    return after;
  }

  /** Returns the lowest position from which reads are complete. */
  public long retainedAfter() {
    return retainedAfter;
  }
}
