package io.github.matrixsync.domain.event;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.json.InvalidJsonException;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.json.JsonWriter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes the members of an event that a redaction removes in its room version. Pure and thread-safe.
 *
 * <p>Source: the section "Redactions" of each room version, 1 to 12.
 *
 * @since 0.1.0
 */
public final class Redactions {
  private static final String CONTENT = "content";
  private static final String THIRD_PARTY_INVITE = "third_party_invite";
  private static final String SIGNED = "signed";

  private Redactions() {}

  /**
   * Returns {@code event} as redacted. Its JSON has the remaining content and the remaining top-level members that are
   * not in the envelope. Of duplicate members the last counts. Without a room version only the members stay that every
   * version keeps.
   *
   * @throws InvalidEventException if the event's JSON or its content is not a JSON object
   */
  public static RoomEvent prune(RoomEvent event) {
    Objects.requireNonNull(event, "event");
    RedactionRules rules = RedactionRules.in(event.roomVersion());
    Map<String, JsonField> fields = members(event);
    JsonWriter<?> out = new JsonWriter<>(event.json().length());
    writeContent(rules, event, fields.get(CONTENT), out.open().key(CONTENT));
    fields.forEach((name, field) -> {
      if (rules.keepBesideContent(name)) {
        out.field(field);
      }
    });
    RoomEvent.Builder pruned = event.toBuilder().json(RawJson.of(out.close().bytes()));
    return rules.keepTarget() ? pruned.build() : pruned.redacts(null).build();
  }

  private static Map<String, JsonField> members(RoomEvent event) {
    try {
      return JsonReader.fields(event.json());
    } catch (InvalidJsonException e) {
      throw new InvalidEventException(e.getMessage());
    }
  }

  private static void writeContent(
      RedactionRules rules, RoomEvent event, @Nullable JsonField content, JsonWriter<?> out) {
    if (content == null) {
      out.open().close();
    } else if (!content.isObject()) {
      throw new InvalidEventException(
          "content of " + event.id() + " must be an object, got " + content.kind());
    } else if (rules.keepAll(event.type())) {
      out.value(content);
    } else {
      out.open();
      writeAllowed(rules, event.type(), content, out);
      out.close();
    }
  }

  private static void writeAllowed(
      RedactionRules rules, String type, JsonField content, JsonWriter<?> out) {
    Set<String> allowed = rules.keys(type);
    if (!allowed.isEmpty()) {
      content.fields().forEach((name, field) -> {
        if (allowed.contains(name)) {
          out.field(field);
        } else if (name.equals(THIRD_PARTY_INVITE)
            && rules.keepSignedInvite(type)
            && field.isObject()) {
          writeSigned(field, out.key(THIRD_PARTY_INVITE));
        }
      });
    }
  }

  private static void writeSigned(JsonField invite, JsonWriter<?> out) {
    out.open();
    JsonField signed = invite.fields().get(SIGNED);
    if (signed != null) {
      out.field(signed);
    }
    out.close();
  }
}
