package io.github.matrixsync.domain.event;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.json.JsonField;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Parses room events from a host's JSON. Pure and thread-safe.
 *
 * @since 0.1.0
 */
public final class RoomEvents {
  private static final String CREATE = "m.room.create";

  private RoomEvents() {}

  /**
   * Parses an event like {@link #parse(RawJson, RoomVersion, Instant)}, for hosts that do not know the room's version.
   * Where versions differ, the safest reading is used: a redaction names its target only if it does so in both places,
   * beside the content and in it; times and depths may be text and have a fraction; {@code m.room.create} may have no
   * {@code room_id}. A host that wants redactions to count passes the version.
   *
   * @param json one JSON object, UTF-8, at most 64 MiB and 1,000 levels deep
   * @param receivedAt when this server received the event
   * @throws InvalidEventException as there
   */
  public static RoomEvent parse(RawJson json, Instant receivedAt) {
    return parse(json, Optional.empty(), receivedAt);
  }

  /**
   * Returns the event that {@code json} describes, in the form of a client event or of a federation event with its id:
   * its envelope, and {@code json} itself, unchanged.
   *
   * <p>Needed are {@code event_id}, {@code room_id}, {@code sender} (or {@code user_id}, if there is none), {@code
   * type}, {@code origin_server_ts} and an object as {@code content}. {@code state_key} and {@code depth} may be absent
   * or null, and so may {@code room_id} of an {@code m.room.create} from version 12 on, whose own id is the room's. Of
   * a member that is there twice the last counts. A membership that is missing or unknown is {@link Membership#LEAVE},
   * a history visibility that is missing or unknown is {@link HistoryVisibility#SHARED}.
   *
   * <p>A redaction names its target in {@code redacts} up to version 10, in {@code content.redacts} from version 11 on;
   * a value that is no event id is ignored. {@code origin_server_ts} and {@code depth} are integers; up to version 5
   * they may also be text and have a fraction, which is cut off.
   *
   * <p>An event relates to another one if {@code content.m.relates_to} is an object whose {@code rel_type} is a string
   * and whose {@code event_id} is an event id; anything else there is ignored.
   *
   * <p>Readers' age counts from the first of these that is an integer: {@code unsigned.age} and {@code age},
   * milliseconds before {@code receivedAt}, then {@code unsigned.age_ts} and {@code age_ts}, milliseconds since the
   * epoch by the sending server's clock; without any of them they get no age.
   *
   * <p>Source: {@code event.json}, {@code room_event.json} and {@code state_event.json} of the 2015 core event schema;
   * "Event format" and "Redactions" of each room version.
   *
   * @param json one JSON object, UTF-8, at most 64 MiB and 1,000 levels deep
   * @param version the version of the event's room
   * @param receivedAt when this server received the event
   * @throws InvalidEventException if {@code json} is no such object or one of the members named here is missing or of
   *     the wrong kind
   */
  public static RoomEvent parse(RawJson json, RoomVersion version, Instant receivedAt) {
    return parse(json, Optional.of(Objects.requireNonNull(version, "version")), receivedAt);
  }

  private static RoomEvent parse(RawJson json, Optional<RoomVersion> version, Instant receivedAt) {
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(receivedAt, "time of receipt");
    EventFields fields =
        EventFields.of(json, version.map(RoomVersion::allowsLooseNumbers).orElse(true));
    Map<String, JsonField> content = fields.content();
    EventId id = fields.id("event_id", EventId::parse);
    RoomEvent.Builder builder = RoomEvent.builder(
            id,
            room(fields, id, version),
            fields.id(fields.has("sender") ? "sender" : "user_id", UserId::parse),
            fields.text("type"))
        .originServerTs(fields.time("origin_server_ts"))
        .json(json);
    version.ifPresent(builder::roomVersion);
    fields.optionalText("state_key").ifPresent(builder::stateKey);
    fields.depth().ifPresent(builder::depth);
    fields.ageSince(receivedAt).ifPresent(builder::ageSince);
    builder.relation(relation(content).orElse(null));
    addMeaning(fields, content, version, builder);
    return builder.build();
  }

  private static RoomId room(EventFields fields, EventId id, Optional<RoomVersion> version) {
    boolean mayBeAbsent = version.map(RoomVersion::isNamedByItsCreate).orElse(true)
        && fields.text("type").equals(CREATE);
    if (mayBeAbsent && !fields.has("room_id")) {
      return RoomId.parse("!" + id.value().substring(1));
    }
    return fields.id("room_id", RoomId::parse);
  }

  private static void addMeaning(
      EventFields fields,
      Map<String, JsonField> content,
      Optional<RoomVersion> version,
      RoomEvent.Builder builder) {
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
      case RoomEvent.REDACTION -> target(fields, content, version).ifPresent(builder::redacts);
      default -> {}
    }
  }

  private static Optional<Relation> relation(Map<String, JsonField> content) {
    JsonField relatesTo = content.get("m.relates_to");
    if (relatesTo == null || !relatesTo.isObject()) {
      return Optional.empty();
    }
    Map<String, JsonField> members = relatesTo.fields();
    String relType = EventFields.textOrNull(members.get("rel_type"));
    return relType == null
        ? Optional.empty()
        : eventId(Optional.ofNullable(members.get("event_id")))
            .map(target -> new Relation(relType, target));
  }

  private static boolean isUser(String stateKey) {
    try {
      UserId.parse(stateKey);
      return true;
    } catch (InvalidIdException e) {
      return false;
    }
  }

  private static Optional<EventId> target(
      EventFields fields, Map<String, JsonField> content, Optional<RoomVersion> version) {
    Optional<JsonField> above =
        fields.find(RedactionRules.REDACTS).filter(field -> !field.isNull());
    Optional<JsonField> within =
        Optional.ofNullable(content.get(RedactionRules.REDACTS)).filter(field -> !field.isNull());
    if (version.isPresent()) {
      return eventId(version.get().redactsInContent() ? within : above);
    }
    return eventId(above).filter(target -> eventId(within).equals(Optional.of(target)));
  }

  private static Optional<EventId> eventId(Optional<JsonField> field) {
    try {
      return field.map(EventFields::textOrNull).map(EventId::parse);
    } catch (InvalidIdException e) {
      return Optional.empty();
    }
  }
}
