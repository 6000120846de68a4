package io.github.matrixsync.internal.cache;

/**
 * The maximum bytes of the window and of each group of caches; zero disables the group. Immutable.
 *
 * <p>A budget is divided by its size alone:
 *
 * <table border="1">
 *   <caption>Shares of a budget</caption>
 *   <tr><th>budget</th><th>window, events, encoded, memberships</th><th>rooms</th></tr>
 *   <tr><td>up to 288 MiB</td><td>two ninths each</td><td>one ninth</td></tr>
 *   <tr><td>288 MiB to 1 GiB</td><td>64 MiB each</td><td>the rest</td></tr>
 *   <tr><td>more</td><td>a sixteenth each</td><td>three quarters</td></tr>
 * </table>
 *
 * <p>64 MiB hold what most polls and look-ups of a medium server need, so what is left goes to the cache of rooms, of
 * which each entry is large. Beyond 1 GiB there are so many users and rooms that all parts have to grow.
 *
 * @param window for the end of the log
 * @param events for single events as read from the store
 * @param encoded for encoded single events
 * @param rooms for encoded room states and newest messages
 * @param memberships for timelines and for the room lists of users
 */
public record CacheBytes(long window, long events, long encoded, long rooms, long memberships) {
  private static final long ENOUGH_FOR_MOST = 64L << 20;

  /** Divides a budget. */
  public static CacheBytes of(long budget) {
    long twoNinths = budget / 9 * 2 + budget % 9 * 2 / 9;
    long part = Math.max(Math.min(twoNinths, ENOUGH_FOR_MOST), budget / 16);
    return new CacheBytes(part, part, part, budget - 4 * part, part);
  }

  /**
   * Returns the budget of an engine whose host sets none: 256 MiB and a sixteenth of the heap, but at most half of the
   * heap.
   */
  public static long defaultBudget(long heap) {
    return Math.min((256L << 20) + heap / 16, heap / 2);
  }
}
