package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.json.InvalidJsonException;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.json.JsonWriter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects the members of a host's JSON that clients get: the content, and all members that are neither in the envelope
 * nor computed for the answer nor for servers only. Immutable.
 *
 * <p>Members are excluded by name, so any other member that a host adds at the top level reaches clients.
 */
final class ClientFields {
  private static final String CONTENT = "content";
  private static final String REDACTS = "redacts";
  private static final String INVITE_ROOM_STATE = "invite_room_state";
  private static final String UNSIGNED = "unsigned";

  private static final Set<String> FROM_ENVELOPE = Set.of(
      "type", "event_id", "room_id", "user_id", "sender", "state_key", "origin_server_ts", CONTENT);
  private static final Set<String> COMPUTED =
      Set.of(UNSIGNED, "age", "age_ts", "replaces_state", "prev_content", "redacted_because");
  private static final Set<String> FOR_SERVERS =
      Set.of("auth_events", "prev_events", "hashes", "signatures", "depth", "origin", "prev_state");

  private final RoomEvent event;
  private final Map<String, JsonField> fields;

  private ClientFields(RoomEvent event) {
    this.event = event;
    this.fields = fields(event);
  }

  /**
   * Reads the JSON of {@code event}.
   *
   * @throws InvalidEventException if it is not a JSON object
   */
  static ClientFields of(RoomEvent event) {
    return new ClientFields(event);
  }

  private static Map<String, JsonField> fields(RoomEvent event) {
    try {
      return JsonReader.fields(event.json());
    } catch (InvalidJsonException e) {
      throw new Damaged(e.getMessage());
    }
  }

  /**
   * Writes the content, an object. The content of a redaction names the envelope's target, or none.
   *
   * @throws InvalidEventException if the JSON has another kind of content
   */
  void writeContent(JsonWriter<?> out) {
    JsonField content = fields.get(CONTENT);
    if (content != null && !content.isObject()) {
      throw new Damaged("content of " + event.id() + " must be an object, got " + content.kind());
    }
    if (isRedaction()) {
      writeRedactionContent(content, out);
    } else if (content == null) {
      out.open().close();
    } else {
      out.value(content);
    }
  }

  /**
   * Writes the other top-level members, except {@code invite_room_state} of a member event, whose place depends on the
   * form.
   */
  void writeRest(JsonWriter<?> out) {
    fields.forEach((name, field) -> {
      if (passes(name)) {
        out.field(field);
      }
    });
    writeTarget(out);
  }

  /** Writes the members that only servers need. */
  void writeForServers(JsonWriter<?> out) {
    fields.forEach((name, field) -> {
      if (FOR_SERVERS.contains(name)) {
        out.field(field);
      }
    });
  }

  /** Writes the members of {@code unsigned}: the host's, without computed ones, and the state of an invite. */
  void writeUnsigned(JsonWriter<?> out) {
    unsigned().forEach((name, field) -> {
      boolean ofInvite = name.equals(INVITE_ROOM_STATE) && isMember();
      if (!COMPUTED.contains(name) && !ofInvite) {
        out.field(field);
      }
    });
    writeInviteRoomState(out);
  }

  /** Writes the state of an invite, if there is any. */
  void writeInviteRoomState(JsonWriter<?> out) {
    if (isMember()) {
      JsonField nested = unsigned().get(INVITE_ROOM_STATE);
      JsonField state = nested != null ? nested : fields.get(INVITE_ROOM_STATE);
      if (state != null) {
        out.key(INVITE_ROOM_STATE).value(state);
      }
    }
  }

  /**
   * Writes the target of a redaction. Old and new clients look at the top level or in the content, so it is written in
   * both.
   */
  private void writeTarget(JsonWriter<?> out) {
    event.redacts().ifPresent(target -> out.key(REDACTS).text(target.value()));
  }

  private void writeRedactionContent(@Nullable JsonField content, JsonWriter<?> out) {
    out.open();
    if (content != null) {
      content.fields().forEach((name, field) -> {
        if (!name.equals(REDACTS)) {
          out.field(field);
        }
      });
    }
    writeTarget(out);
    out.close();
  }

  private boolean passes(String name) {
    return switch (name) {
      case REDACTS -> !isRedaction() && event.redacts().isEmpty();
      case INVITE_ROOM_STATE -> !isMember();
      default ->
        !FROM_ENVELOPE.contains(name) && !COMPUTED.contains(name) && !FOR_SERVERS.contains(name);
    };
  }

  private boolean isRedaction() {
    return event.type().equals(RoomEvent.REDACTION);
  }

  private boolean isMember() {
    return event.type().equals(RoomEvent.MEMBER);
  }

  private Map<String, JsonField> unsigned() {
    JsonField unsigned = fields.get(UNSIGNED);
    return unsigned != null && unsigned.isObject() ? unsigned.fields() : Map.of();
  }

  /** The JSON of an event that a store gave back is not what it must be. */
  private static final class Damaged extends InvalidEventException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }
}
