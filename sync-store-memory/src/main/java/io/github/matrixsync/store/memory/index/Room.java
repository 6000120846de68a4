package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Range;
import java.util.Collection;
import java.util.Optional;

/** The indexes of one room. Guarded by the store's lock. */
public final class Room {
  /** The live events and outliers in the order of arrival. */
  final PositionList<Entry> log = new PositionList<>(Entry::position);

  /** The live events and the backfill by (depth, position). */
  public final RoomHistory history = new RoomHistory();

  final RoomState state = new RoomState();
  final RoomMembers members = new RoomMembers();
  final Redactions redactions = new Redactions();
  public final Children children = new Children();

  /** The positions of the live events before which some may be missing. */
  private final PositionList<Long> gaps = new PositionList<>(Long::longValue);

  private long highestDepth;

  /** Returns an event's depth: its own, or else the room's highest so far plus one (rule A2). */
  long depthOf(RoomEvent event) {
    return event.depth().orElse(highestDepth == Long.MAX_VALUE ? highestDepth : highestDepth + 1);
  }

  void add(Entry entry) {
    highestDepth = Math.max(highestDepth, entry.view().depth());
    if (entry.kind() != EventKind.BACKFILL) {
      log.add(entry);
    }
    if (entry.kind() != EventKind.OUTLIER) {
      history.add(entry);
      children.add(entry);
    }
  }

  /** Records that events may be missing before a position. */
  void addGap(long position) {
    gaps.add(position);
  }

  /** Returns the last position in a range before which events may be missing (rule TG1). */
  public Optional<Long> lastGap(Range range) {
    return gaps.lastUpTo(range.upTo()).filter(gap -> gap > range.after());
  }

  /** Drops the log up to {@code through}, and removes purged events from the history. */
  void purge(long through, Collection<Entry> gone) {
    log.upTo(through).clear();
    gone.forEach(entry -> {
      redactions.forget(entry.id());
      children.remove(entry);
    });
    if (!gone.isEmpty()) {
      history.remove(gone);
    }
  }
}
