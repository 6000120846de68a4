package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.HistoryPoint;
import org.jspecify.annotations.Nullable;

/** A room as the next append to it finds it. Confined to one transaction. */
final class RoomNow {
  private final long number;
  private long topDepth;
  private @Nullable HistoryPoint high;

  /**
   * Makes a room.
   *
   * @param topDepth the greatest depth so far of events of every kind, 0 if there is none
   * @param high a point that is not below any live event's, null if there is none
   */
  RoomNow(long number, long topDepth, @Nullable HistoryPoint high) {
    this.number = number;
    this.topDepth = topDepth;
    this.high = high;
  }

  long number() {
    return number;
  }

  long topDepth() {
    return topDepth;
  }

  @Nullable HistoryPoint high() {
    return high;
  }

  /** Returns an event's depth: its own, or else the greatest so far plus one (rule A2). */
  long depthOf(RoomEvent event) {
    return event.depth().orElse(topDepth == Long.MAX_VALUE ? topDepth : topDepth + 1);
  }

  /** Records the depth of an event of any kind. */
  void rise(long depth) {
    topDepth = Math.max(topDepth, depth);
  }

  /** Records a live event. */
  void riseTo(HistoryPoint point) {
    if (high == null || point.compareTo(high) > 0) {
      high = point;
    }
  }
}
