package io.github.matrixsync.testkit;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.Optional;

/**
 * The snapshot that a user's client gets if it starts without a token. Immutable.
 *
 * @param user the user
 * @param answer the answer of the engine
 * @since 0.1.0
 */
public record UserSnapshot(UserId user, InitialSync answer) {
  /** Returns a room of the snapshot; empty if the snapshot does not contain it. */
  public Optional<RoomSnapshot> room(RoomId room) {
    return answer.rooms().stream().filter(each -> each.room().equals(room)).findFirst();
  }

  /** Returns the messages of a room, oldest first; empty if the snapshot does not contain the room. */
  public List<ClientEvent> messages(RoomId room) {
    return room(room).flatMap(RoomSnapshot::messages).map(page -> page.chunk()).orElse(List.of());
  }
}
