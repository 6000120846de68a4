package io.github.matrixsync.domain.visibility;

import io.github.matrixsync.store.model.Range;
import java.util.List;

/** Collects visible positions into ranges, and merges adjacent ones. Confined to one thread. */
final class RangeCollector {
  private final List<Range> ranges;
  private final long upTo;
  private long openedAfter = -1;

  RangeCollector(List<Range> ranges, long upTo) {
    this.ranges = ranges;
    this.upTo = upTo;
  }

  /** Sets whether events from this position on are visible. Positions must be ascending. */
  void from(long position, boolean visible) {
    if (visible && openedAfter < 0) {
      openedAfter = Math.max(position - 1, 0);
    } else if (!visible && openedAfter >= 0) {
      close(position - 1);
    }
  }

  /** Makes the event at this position visible, regardless of the events after it. */
  void single(long position) {
    if (openedAfter < 0) {
      openedAfter = position - 1;
    }
    close(position);
    openedAfter = -1;
  }

  /** Ends the collection. */
  void end() {
    if (openedAfter >= 0) {
      close(upTo);
    }
  }

  private void close(long last) {
    long after = openedAfter;
    openedAfter = -1;
    if (after >= last) {
      return;
    }
    int newest = ranges.size() - 1;
    if (newest >= 0 && ranges.get(newest).upTo() >= after) {
      ranges.set(newest, new Range(ranges.get(newest).after(), last));
    } else {
      ranges.add(new Range(after, last));
    }
  }
}
