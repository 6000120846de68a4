package io.github.matrixsync.domain.visibility;

import io.github.matrixsync.store.model.Range;
import java.util.List;

/** Collects visible stretches of positions into ranges, merging those that touch. Confined. */
final class RangeCollector {
  private final List<Range> ranges;
  private final long upTo;
  private long openedAfter = -1;

  RangeCollector(List<Range> ranges, long upTo) {
    this.ranges = ranges;
    this.upTo = upTo;
  }

  /** From this position on, events are visible or hidden. Positions come ascending. */
  void from(long position, boolean visible) {
    if (visible && openedAfter < 0) {
      openedAfter = Math.max(position - 1, 0);
    } else if (!visible && openedAfter >= 0) {
      close(position - 1);
    }
  }

  /** The event at this position is visible whatever holds from it on. */
  void single(long position) {
    if (openedAfter < 0) {
      openedAfter = position - 1;
    }
    close(position);
    openedAfter = -1;
  }

  /** No more comes. */
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
