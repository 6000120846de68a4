package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.Redactions;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.json.InvalidJsonException;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes state events for a user who is not in their room, with {@code type}, {@code state_key}, {@code sender} and
 * {@code content} only. Pure.
 *
 * <p>Source: {@code StrippedStateEvent} of the Client-Server API v1.16.
 */
public final class StrippedEvents {
  private static final int EXPECTED = 512;

  private StrippedEvents() {}

  /** Returns a state event stripped, pruned if it is redacted; empty if its JSON is damaged. */
  public static Optional<ClientEvent> of(StoredEvent stored) {
    RoomEvent event = stored.event();
    try {
      RoomEvent shown = stored.redaction().isPresent() ? Redactions.prune(event) : event;
      JsonField content = JsonReader.fields(shown.json()).get("content");
      return Optional.of(
          write(event.type(), event.stateKey().orElse(""), event.sender().value(), content));
    } catch (InvalidJsonException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the state that another server sent with a member event, stripped; empty if it sent none. Entries that are
   * not state events are left out.
   *
   * @param isKnock whether the event is a knock, whose state has another name
   */
  public static Optional<List<ClientEvent>> sentWith(RoomEvent event, boolean isKnock) {
    try {
      JsonField unsigned = JsonReader.fields(event.json()).get("unsigned");
      String name = isKnock ? "knock_room_state" : "invite_room_state";
      JsonField state =
          unsigned == null || !unsigned.isObject() ? null : unsigned.fields().get(name);
      if (state == null || !state.isList()) {
        return Optional.empty();
      }
      List<ClientEvent> stripped = new ArrayList<>();
      for (JsonField entry : state.elements()) {
        strip(entry).ifPresent(stripped::add);
      }
      return Optional.of(stripped);
    } catch (InvalidJsonException e) {
      return Optional.empty();
    }
  }

  /** Returns the state key of an event that was made here. */
  public static Optional<String> stateKey(ClientEvent stripped) {
    JsonField key = JsonReader.fields(stripped.json()).get("state_key");
    return key == null ? Optional.empty() : Optional.of(key.text());
  }

  private static Optional<ClientEvent> strip(JsonField entry) {
    if (!entry.isObject()) {
      return Optional.empty();
    }
    Map<String, JsonField> fields = entry.fields();
    JsonField type = fields.get("type");
    JsonField key = fields.get("state_key");
    JsonField sender = fields.get("sender");
    if (type == null || key == null || sender == null) {
      return Optional.empty();
    }
    return type.isString() && key.isString() && sender.isString()
        ? Optional.of(write(type.text(), key.text(), sender.text(), fields.get("content")))
        : Optional.empty();
  }

  private static ClientEvent write(
      String type, String stateKey, String sender, @Nullable JsonField content) {
    JsonWriter<Instant> out = new JsonWriter<>(EXPECTED);
    out.open();
    out.key("type").text(type);
    out.key("state_key").text(stateKey);
    out.key("sender").text(sender);
    out.key("content");
    int from = out.length();
    if (content != null && content.isObject()) {
      out.value(content);
    } else {
      out.value(RawJson.of("{}"));
    }
    int to = out.length();
    return EncodedEvent.of(EventHead.of(type), out.close(), from, to).at(Instant.EPOCH);
  }
}
