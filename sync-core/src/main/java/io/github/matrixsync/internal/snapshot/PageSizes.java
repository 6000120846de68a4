package io.github.matrixsync.internal.snapshot;

/**
 * How many rooms of a snapshot are read together: few at first, then as many as, by what was read before, take some 32
 * MiB. A page has at least one room, and at most 1,000 rooms and, if it has several, 16,384 messages, so what is held
 * beyond a bound before the bound is asked is one page. Ordinary rooms of a thousand are two pages. Pure.
 */
final class PageSizes {
  private static final int FIRST_ROOMS = 32;
  private static final int MOST_ROOMS = 1_000;
  private static final int MOST_MESSAGES = 1 << 14;
  private static final long BYTES = 32L << 20;

  private final int most;

  /**
   * Has pages of rooms of some length.
   *
   * @param limit the most messages of a room, 0 or more
   */
  PageSizes(int limit) {
    most = Math.max(1, Math.min(MOST_ROOMS, MOST_MESSAGES / Math.max(1, limit)));
  }

  /**
   * Returns how many rooms to read next.
   *
   * @param rooms how many were read before
   * @param bytes how large those were in all
   */
  int next(int rooms, long bytes) {
    if (rooms == 0) {
      return Math.min(FIRST_ROOMS, most);
    }
    long average = Math.max(1, bytes / rooms);
    return (int) Math.max(1, Math.min(most, BYTES / average));
  }
}
