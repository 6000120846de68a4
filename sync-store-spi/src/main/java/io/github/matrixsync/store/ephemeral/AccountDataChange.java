package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user's clients keep with the server: one entry per user, room or none, and type. Tags are the entry of type
 * {@code m.tag} of a room. Nobody but the user ever sees it.
 *
 * @param position where it changed
 * @param user whose it is
 * @param room the room that it is about; empty: it is global
 * @param type the kind of entry, chosen by clients
 * @param content the value of {@code content}, one JSON object, byte for byte as the client sent it; that it is one has
 *     been checked by whoever took it from the client
 * @since 0.1.0
 */
public record AccountDataChange(
    long position, UserId user, Optional<RoomId> room, String type, RawJson content)
    implements CoalescingStream.Change {
  /** Checks that all is there. */
  public AccountDataChange {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(content, "content");
  }
}
