package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import java.util.Optional;

/**
 * A change of a room's history visibility event.
 *
 * @param position the position of the change
 * @param before the visibility until then; {@code SHARED} if there was none
 * @param after the visibility from the position on; {@code SHARED} if the entry was removed
 * @param event the visibility event from the position on; empty if the entry was removed
 * @param boundary whether {@code event} is the event at this position; it is shown to viewers who may see it by the
 *     visibility before or after it
 * @since 0.1.0
 */
public record VisibilityChange(
    long position,
    HistoryVisibility before,
    HistoryVisibility after,
    Optional<EventId> event,
    boolean boundary)
    implements StateChange {
  @Override
  public String type() {
    return RoomEvent.HISTORY_VISIBILITY;
  }

  @Override
  public String stateKey() {
    return "";
  }
}
