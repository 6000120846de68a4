package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** The gaps in a reference log, as plainly as they can be read. Thread-safe. */
public class ReferenceGaps implements TimelineGaps {
  public final ReferenceLog log;

  public ReferenceGaps(ReferenceLog log) {
    this.log = log;
  }

  @Override
  public Map<RoomId, Long> lastGap(Map<RoomId, Range> ranges) {
    synchronized (log) {
      Map<RoomId, Long> found = new HashMap<>();
      ranges.forEach((room, range) -> pick(gaps(room)
              .filter(gap -> gap > range.after() && gap <= range.upTo()))
          .ifPresent(gap -> found.put(room, gap)));
      return Map.copyOf(found);
    }
  }

  public OptionalLong pick(LongStream gaps) {
    return gaps.max();
  }

  public LongStream gaps(RoomId room) {
    return log.of(room)
        .mapToLong(StoredEvent::position)
        .filter(log.gaps::contains)
        .map(this::shown);
  }

  public long shown(long gap) {
    return gap;
  }
}
