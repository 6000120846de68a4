package io.github.matrixsync.store;

/**
 * Thrown when a read begins below {@code retainedAfter}, where changes are no longer complete, also when a purge
 * overtook the read (rule R2).
 *
 * @since 0.1.0
 */
public final class ExpiredPositionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long after;
  private final long retainedAfter;

  /**
   * Creates the error of one read.
   *
   * @param after the position after which was read
   * @param retainedAfter the lowest position from which reads are complete
   */
  public ExpiredPositionException(long after, long retainedAfter) {
    super("changes after " + after + " are incomplete, retained are those after " + retainedAfter);
    this.after = after;
    this.retainedAfter = retainedAfter;
  }

  /** Returns the position after which was read. */
  public long after() {
    return after;
  }

  /** Returns the lowest position from which reads are complete. */
  public long retainedAfter() {
    return retainedAfter;
  }
}
