package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import org.jspecify.annotations.Nullable;

/** The type, id, room, sender, state key and membership of an encoded event, available without parsing it. */
// More than five parameters: one for each part of the envelope that is read later.
record EventHead(
    String type,
    @Nullable EventId id,
    @Nullable RoomId room,
    @Nullable UserId sender,
    @Nullable String stateKey,
    @Nullable Membership membership) {
  /** Makes the head of an entry that is not a member event. */
  EventHead(
      String type,
      @Nullable EventId id,
      @Nullable RoomId room,
      @Nullable UserId sender,
      @Nullable String stateKey) {
    this(type, id, room, sender, stateKey, null);
  }

  static EventHead of(RoomEvent event) {
    return new EventHead(
        event.type(),
        event.id(),
        event.room(),
        event.sender(),
        event.stateKey().orElse(null),
        event.membership().orElse(null));
  }

  /** Returns the head of an entry that is not a room event and belongs to no room. */
  static EventHead of(String type) {
    return new EventHead(type, null, null, null, null);
  }

  /** Returns the head of an entry that is not a room event but belongs to a room. */
  static EventHead of(String type, RoomId room) {
    return new EventHead(type, null, room, null, null);
  }

  /** Returns type, id and room, for {@code toString}. */
  String summary() {
    return "[" + type + (id == null ? "" : " " + id) + (room == null ? "" : " in " + room) + "]";
  }
}
