package io.github.matrixsync.testkit;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.Optional;

/**
 * What a client of a user gets that begins now. Immutable.
 *
 * @param user the user
 * @param answer the answer of the engine
 * @since 0.1.0
 */
public record UserSnapshot(UserId user, InitialSync answer) {
  /** Returns a room in the snapshot; empty if it is not there. */
  public Optional<RoomSnapshot> room(RoomId room) {
    return answer.rooms().stream().filter(each -> each.room().equals(room)).findFirst();
  }

  /** Returns the messages of a room, oldest first; empty if it is not there. */
  public List<ClientEvent> messages(RoomId room) {
    return room(room).flatMap(RoomSnapshot::messages).map(page -> page.chunk()).orElse(List.of());
  }
}
