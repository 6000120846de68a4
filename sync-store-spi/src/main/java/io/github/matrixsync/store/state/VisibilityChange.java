package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import java.util.Optional;

/**
 * A room's history visibility event changed.
 *
 * @param position where it changed
 * @param before the visibility until then; {@code SHARED} if there was none
 * @param after the visibility from the position on; {@code SHARED} if the entry is gone
 * @param event the visibility event from the position on; empty if the entry is gone
 * @param boundary whether {@code event} is the very event at this position. Such an event is shown to whoever may see
 *     by the visibility before or after it
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
