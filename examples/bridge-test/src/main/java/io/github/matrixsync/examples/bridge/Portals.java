package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Maps rooms to channels and events to messages, in both directions. Thread-safe. */
final class Portals {
  private final Map<RoomId, String> channels;
  private final Map<String, RoomId> rooms = new ConcurrentHashMap<>();
  private final Map<EventId, String> messages = new ConcurrentHashMap<>();
  private final Map<String, EventId> events = new ConcurrentHashMap<>();

  Portals(Map<RoomId, String> channels) {
    this.channels = Map.copyOf(channels);
    channels.forEach((room, channel) -> rooms.put(channel, room));
  }

  Optional<String> channel(RoomId room) {
    return Optional.ofNullable(channels.get(room));
  }

  Optional<RoomId> room(String channel) {
    return Optional.ofNullable(rooms.get(channel));
  }

  void connect(EventId event, String message) {
    messages.put(event, message);
    events.putIfAbsent(message, event);
  }

  Optional<String> message(EventId event) {
    return Optional.ofNullable(messages.get(event));
  }

  Optional<EventId> event(String message) {
    return Optional.ofNullable(events.get(message));
  }
}
