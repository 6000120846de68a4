package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.StoredEvent;
import org.jspecify.annotations.Nullable;

/** A row of a new event. Confined to one transaction. */
final class NewEvent {
  final StoredEvent stored;
  final long room;
  final long topDepth;
  boolean setsState;
  boolean redacted;
  private final @Nullable HistoryPoint high;

  /** Makes the row of an event that the room has recorded. */
  NewEvent(StoredEvent stored, RoomNow room, boolean setsState, boolean redacted) {
    this.stored = stored;
    this.room = room.number();
    this.topDepth = room.topDepth();
    this.high = stored.kind() == EventKind.LIVE ? room.high() : null;
    this.setsState = setsState;
    this.redacted = redacted;
  }

  @Nullable Long highDepth() {
    return high == null ? null : high.depth();
  }

  @Nullable Long highPosition() {
    return high == null ? null : high.position();
  }
}
