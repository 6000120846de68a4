package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Objects;
import java.util.Optional;

/**
 * The latest value of one account data entry: one per user, room or none, and type. Tags are the entry of type {@code
 * m.tag} of a room. Only the user sees it.
 *
 * @param position the position of the change
 * @param user the user whose entry it is
 * @param room the room that it is about; empty: it is global
 * @param type the kind of entry, chosen by clients
 * @param content the value of {@code content}, one JSON object, byte for byte as the client sent it; the host has
 *     checked that it is one
 * @since 0.1.0
 */
public record AccountDataChange(
    long position, UserId user, Optional<RoomId> room, String type, RawJson content)
    implements CoalescingStream.Change {
  /** Checks that nothing is null. */
  public AccountDataChange {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(content, "content");
  }
}
