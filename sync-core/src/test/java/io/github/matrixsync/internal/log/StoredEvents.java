package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.StateChange;
import java.util.List;
import java.util.Optional;

/** Makes events as a store returns them. */
final class StoredEvents {
  private StoredEvents() {}

  static StoredEvent live(RoomEvent event, long position, StateChange... changes) {
    return stored(event, EventKind.LIVE, position, false, changes);
  }

  static StoredEvent stored(
      RoomEvent event,
      EventKind kind,
      long position,
      boolean subjectKnows,
      StateChange... changes) {
    return new StoredEvent(
        event,
        kind,
        position,
        position,
        Optional.empty(),
        List.of(changes),
        Optional.empty(),
        subjectKnows,
        Optional.empty());
  }
}
