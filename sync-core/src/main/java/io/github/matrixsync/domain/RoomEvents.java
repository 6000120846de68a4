package io.github.matrixsync.domain;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Makes room events of the JSON that a host has of them. Pure and thread-safe. */
public final class RoomEvents {
  private static final String REDACTION = "m.room.redaction";

  private RoomEvents() {}

  /**
   * Returns the event that {@code json} describes, in the form of a client event or of a federation event: its envelope, and {@code json} itself, unchanged.
   *
   * <p>Needed are {@code event_id}, {@code room_id}, {@code sender} (or {@code user_id}, if there is none), {@code type}, {@code origin_server_ts} and an object as {@code content}. {@code state_key}
   * and {@code depth} may be absent or null. Of a member that is there twice the last counts. A membership that is missing or unknown is {@link Membership#LEAVE}, a history visibility that is missing or unknown is
   * {@link HistoryVisibility#SHARED}. A redaction names its target in {@code redacts} or, if it has no such member, in {@code content.redacts}; what is no event id names nothing.
   *
   * <p>Readers' age counts from the first of these that is an integer: {@code unsigned.age_ts} and {@code age_ts}, milliseconds since the epoch, then {@code unsigned.age} and {@code age}, milliseconds
   * before {@code receivedAt}; without any of them they get no age.
   *
   * <p>Source: {@code event.json}, {@code room_event.json} and {@code state_event.json} of the 2015 core event schema.
   *
   * @param json one JSON object, UTF-8, at most 64 MiB and 1,000 levels deep
   * @param receivedAt when the event came to this server
   * @throws InvalidEventException if {@code json} is no such object or one of the members named here is missing or of the wrong kind
   */
  public static RoomEvent parse(RawJson json, Instant receivedAt) {
    EventFields fields = EventFields.of(json);
    Map<String, JsonField> content = fields.content();
    RoomEvent.Builder builder = RoomEvent.builder(
            fields.id("event_id", EventId::parse),
            fields.id("room_id", RoomId::parse),
            fields.id(fields.has("sender") ? "sender" : "user_id", UserId::parse),
            fields.text("type"))
        .originServerTs(fields.integer("origin_server_ts"))
        .json(json);
    fields.optionalText("state_key").ifPresent(builder::stateKey);
    fields.depth().ifPresent(builder::depth);
    fields.ageSince(receivedAt).ifPresent(builder::ageSince);
    addMeaning(fields, content, builder);
    return builder.build();
  }

  private static void addMeaning(
      EventFields fields, Map<String, JsonField> content, RoomEvent.Builder builder) {
    switch (fields.text("type")) {
      case RoomEvent.MEMBER -> {
        if (fields.optionalText("state_key").filter(RoomEvents::isUser).isPresent()) {
          builder.membership(Membership.parse(EventFields.textOrNull(content.get("membership"))));
        }
      }
      case RoomEvent.HISTORY_VISIBILITY -> {
        if (fields.optionalText("state_key").filter(String::isEmpty).isPresent()) {
          String visibility = EventFields.textOrNull(content.get("history_visibility"));
          builder.historyVisibility(HistoryVisibility.parse(visibility));
        }
      }
      case REDACTION -> target(fields, content).ifPresent(builder::redacts);
      default -> {}
    }
  }

  private static boolean isUser(String stateKey) {
    try {
      UserId.parse(stateKey);
      return true;
    } catch (InvalidIdException e) {
      return false;
    }
  }

  private static Optional<EventId> target(EventFields fields, Map<String, JsonField> content) {
    String target = EventFields.textOrNull(fields.find("redacts").orElse(content.get("redacts")));
    try {
      return Optional.ofNullable(target).map(EventId::parse);
    } catch (InvalidIdException e) {
      return Optional.empty();
    }
  }
}
