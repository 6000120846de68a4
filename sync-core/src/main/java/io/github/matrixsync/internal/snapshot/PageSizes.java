package io.github.matrixsync.internal.snapshot;

/**
 * Computes how many rooms of a snapshot are read together: 32 at first, then as many as should fill 32 MiB by the
 * average so far. A page has 1 to 1,000 rooms and, if it has several, at most 32,768 messages. So a snapshot exceeds
 * its byte budget by at most one page before the budget is checked. Pure.
 */
final class PageSizes {
  private static final int FIRST_ROOMS = 32;
  private static final int MOST_ROOMS = 1_000;
  private static final int MOST_MESSAGES = 1 << 15;
  private static final long BYTES = 32L << 20;

  private final int most;

  /**
   * Creates the sizes for rooms with a message limit.
   *
   * @param limit the most messages of a room, 0 or more
   */
  PageSizes(int limit) {
    most = Math.max(1, Math.min(MOST_ROOMS, MOST_MESSAGES / Math.max(1, limit)));
  }

  /**
   * Returns the number of rooms in the next page.
   *
   * @param rooms how many were read before
   * @param bytes their size in all
   */
  int next(int rooms, long bytes) {
    if (rooms == 0) {
      return Math.min(FIRST_ROOMS, most);
    }
    long average = Math.max(1, bytes / rooms);
    return (int) Math.max(1, Math.min(most, BYTES / average));
  }
}
