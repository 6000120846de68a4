package io.github.matrixsync.store.model;

/**
 * A point in one room's history, ordered by depth, then by position.
 *
 * @param depth the depth in the event graph
 * @param position the position in the order of arrival; negative for backfill
 * @since 0.1.0
 */
public record HistoryPoint(long depth, long position) implements Comparable<HistoryPoint> {
  /** Before everything. */
  public static final HistoryPoint START = new HistoryPoint(-1, Long.MIN_VALUE);

  /** After everything. */
  public static final HistoryPoint END = new HistoryPoint(Long.MAX_VALUE, Long.MAX_VALUE);

  @Override
  public int compareTo(HistoryPoint other) {
    int byDepth = Long.compare(depth, other.depth);
    return byDepth != 0 ? byDepth : Long.compare(position, other.position);
  }
}
