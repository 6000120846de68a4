package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import org.jspecify.annotations.Nullable;

/** What an encoded event can say of itself without being read: what stands at the top level of its JSON. */
record EventHead(
    String type,
    @Nullable EventId id,
    @Nullable RoomId room,
    @Nullable UserId sender) {
  static EventHead of(RoomEvent event) {
    return new EventHead(event.type(), event.id(), event.room(), event.sender());
  }

  /** Returns the head of an entry that is no room event, and belongs to no room. */
  static EventHead of(String type) {
    return new EventHead(type, null, null, null);
  }

  /** Returns the head of an entry that is no room event, but belongs to a room. */
  static EventHead of(String type, RoomId room) {
    return new EventHead(type, null, room, null);
  }

  /** Returns type, id and room, for the text form of what has this head. */
  String summary() {
    return "[" + type + (id == null ? "" : " " + id) + (room == null ? "" : " in " + room) + "]";
  }
}
