package io.github.matrixsync.rest;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The examples of the API document, and the events of which an engine would make them. */
final class Examples {
  static final Instant NOW = Instant.parse("2015-09-18T12:00:00Z");

  private Examples() {}

  /** Returns an answer of the API document. */
  static Map<String, @Nullable Object> example(String name) {
    try (InputStream in = Objects.requireNonNull(Examples.class.getResourceAsStream(
        "/io/github/matrixsync/domain/event/" + name + ".json"))) {
      return JsonTree.object(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the room event that a client reads as {@code example}. */
  static ClientEvent roomEvent(Map<String, @Nullable Object> example) {
    RoomEvent event = RoomEvents.parse(JsonTree.write(example), NOW);
    Optional<EventId> replaces =
        Optional.ofNullable((String) example.get("replaces_state")).map(EventId::parse);
    StoredEvent stored = new StoredEvent(
        event,
        EventKind.LIVE,
        1,
        1,
        replaces,
        List.of(),
        Optional.empty(),
        false,
        Optional.empty());
    return EncodedEvent.of(EventForm.V1, stored, Optional.empty()).at(NOW);
  }

  static List<ClientEvent> roomEvents(List<Map<String, @Nullable Object>> examples) {
    return examples.stream().map(Examples::roomEvent).toList();
  }

  static ClientEvent message(String id) {
    return roomEvent(Map.of(
        "event_id",
        id,
        "room_id",
        "!r:h",
        "user_id",
        "@alice:h",
        "type",
        "m.room.message",
        "origin_server_ts",
        1L,
        "age",
        12_345L,
        "content",
        Map.of("body", "\u00e9 \ud83d\ude00 \" \\")));
  }

  static ClientEvent bobsPresence() {
    PresenceChange change = new PresenceChange(
        9,
        UserId.parse("@bob:localhost"),
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.of(NOW.minusMillis(31_053)),
        Optional.of("Bob"),
        Optional.of("mxc://localhost/GCmhgzMPRjqgpODLsNQzVuHZ#auto"));
    return EphemeralEvents.presence(change).at(NOW);
  }

  static ClientEvent bobsReceipt() {
    RoomId room = RoomId.parse("!r:h");
    ReceiptChange change = new ReceiptChange(
        1, room, UserId.parse("@bob:h"), "m.read", EventId.parse("$e:h"), Instant.EPOCH);
    return EphemeralEvents.receipts(room, List.of(change)).at(NOW);
  }
}
