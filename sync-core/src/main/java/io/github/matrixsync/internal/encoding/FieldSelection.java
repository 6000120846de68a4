package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of events that a client wants. {@code type}, {@code event_id}, {@code sender} and {@code state_key} stay
 * in any case, because a client cannot do without them. Immutable.
 *
 * <p>Source: {@code event_fields} of "Filtering" in the Client-Server API.
 */
public final class FieldSelection {
  private static final Set<String> ALWAYS = Set.of("type", "event_id", "sender", "state_key");

  /** Behind so many keys a path selects the whole value: more than is wanted may be given. */
  private static final int MOST_KEYS = 8;

  private final Node root;

  private FieldSelection(Node root) {
    this.root = root;
  }

  /**
   * Returns the selection of these paths.
   *
   * @param paths keys with dots between them; a backslash before a dot or a backslash makes it part of the key
   */
  public static FieldSelection of(List<String> paths) {
    Node root = new Node();
    for (String path : paths) {
      root.add(keys(path));
    }
    ALWAYS.forEach(key -> root.add(List.of(key)));
    return new FieldSelection(root);
  }

  /** Returns an event with the wanted members alone, each as it was. Objects with none of them are left out. */
  public RawJson select(RawJson event) {
    JsonWriter<?> out = new JsonWriter<>(event.length());
    root.write(JsonReader.fields(event), out);
    return RawJson.of(out.bytes());
  }

  /** Returns an event with the wanted members alone. Its {@code content()} stays whole. */
  public ClientEvent select(ClientEvent event) {
    return new SelectedEvent(event, select(event.json()));
  }

  private static List<String> keys(String path) {
    List<String> keys = new ArrayList<>();
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '.') {
        keys.add(key.toString());
        key.setLength(0);
      } else if (c == '\\' && i + 1 < path.length() && isEscapable(path.charAt(i + 1))) {
        key.append(path.charAt(++i));
      } else {
        key.append(c);
      }
    }
    keys.add(key.toString());
    return keys;
  }

  private static boolean isEscapable(char c) {
    return c == '.' || c == '\\';
  }

  /** What is wanted of one value: all of it, or some members. Not changed once all paths are added. */
  private static final class Node {
    private final Map<String, Node> members = new HashMap<>();
    private boolean isWhole;

    void add(List<String> keys) {
      Node node = this;
      for (String key : keys.subList(0, Math.min(keys.size(), MOST_KEYS))) {
        node = node.members.computeIfAbsent(key, unused -> new Node());
      }
      node.isWhole = true;
    }

    void write(Map<String, JsonField> fields, JsonWriter<?> out) {
      out.open();
      fields.forEach((name, field) -> {
        Node wanted = members.get(name);
        if (wanted != null) {
          wanted.writeMember(name, field, out);
        }
      });
      out.close();
    }

    private void writeMember(String name, JsonField field, JsonWriter<?> out) {
      if (isWhole) {
        out.field(field);
      } else if (field.isObject()) {
        Map<String, JsonField> inner = field.fields();
        if (selectsAnyOf(inner)) {
          write(inner, out.key(name));
        }
      }
    }

    private boolean selectsAnyOf(Map<String, JsonField> fields) {
      for (Map.Entry<String, Node> member : members.entrySet()) {
        JsonField field = fields.get(member.getKey());
        if (field != null
            && (member.getValue().isWhole
                || (field.isObject() && member.getValue().selectsAnyOf(field.fields())))) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * An event in an answer, of which only selected members are shown.
   *
   * @param whole the event with all members
   * @param json the selected ones, with ages as of the time of the answer
   */
  private record SelectedEvent(ClientEvent whole, RawJson json) implements ClientEvent {
    @Override
    public String type() {
      return whole.type();
    }

    @Override
    public Optional<EventId> id() {
      return whole.id();
    }

    @Override
    public Optional<RoomId> room() {
      return whole.room();
    }

    @Override
    public Optional<UserId> sender() {
      return whole.sender();
    }

    @Override
    public RawJson content() {
      return whole.content();
    }

    @Override
    public long length() {
      return json.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      json.writeTo(out);
    }

    /** Returns type, id and room, never content. */
    @Override
    public String toString() {
      return whole.toString();
    }
  }
}
