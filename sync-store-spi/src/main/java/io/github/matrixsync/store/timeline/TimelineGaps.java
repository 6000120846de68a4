package io.github.matrixsync.store.timeline;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Range;
import java.util.Map;

/**
 * Where the log of rooms has gaps: events before which some may be missing, because this server was away from a room or
 * did not get them from other servers. Thread-safe; may block. Without this store no room has gaps.
 *
 * @since 0.1.0
 */
public interface TimelineGaps {
  /**
   * Returns, for each room that has a gap in its range, the position of the last live event in {@code (after, upTo]}
   * before which events may be missing; a room without any is left out (rules TG1, TG2).
   *
   * @throws StoreException if reading failed
   */
  Map<RoomId, Long> lastGap(Map<RoomId, Range> ranges);
}
