package io.github.matrixsync.client;

import io.github.matrixsync.domain.event.JsonTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A room event as a client received it, in either form, with the client's own rules of redaction. Ages are left out
 * because they change. Immutable.
 *
 * <p>Source: sections "Event format" and "Redactions" of the Client-Server API, implemented independently of the
 * library.
 */
final class ClientEventJson {
  private static final String BECAUSE = "redacted_because";
  private static final String PREVIOUS = "prev_content";
  private static final Set<String> ALLOWED = Set.of(
      "type",
      "event_id",
      "room_id",
      "user_id",
      "sender",
      "state_key",
      "origin_server_ts",
      "membership",
      "content",
      "unsigned",
      "replaces_state",
      PREVIOUS,
      BECAUSE);
  private static final Set<String> KEPT_ASIDE = Set.of("replaces_state", PREVIOUS, BECAUSE);
  private static final Map<String, Set<String>> KEPT_CONTENT = Map.of(
      "m.room.member",
      Set.of("membership"),
      "m.room.create",
      Set.of("creator"),
      "m.room.history_visibility",
      Set.of("history_visibility"));

  private final Map<String, @Nullable Object> json;

  private ClientEventJson(Map<String, @Nullable Object> json) {
    this.json = json;
  }

  static ClientEventJson of(Map<String, @Nullable Object> received) {
    return new ClientEventJson(withoutAges(received));
  }

  static List<ClientEventJson> all(List<Map<String, @Nullable Object>> received) {
    return received.stream().map(ClientEventJson::of).toList();
  }

  String id() {
    return text(json, "event_id");
  }

  String room() {
    return text(json, "room_id");
  }

  String sender() {
    return text(json, isR0() ? "sender" : "user_id");
  }

  @Nullable String stateKey() {
    return (String) json.get("state_key");
  }

  /** Returns the type and state key; null for an event that is not a state event. */
  @Nullable String entry() {
    return stateKey() == null ? null : type() + " " + stateKey();
  }

  boolean isMemberOf(String user) {
    return type().equals("m.room.member") && user.equals(stateKey());
  }

  String membership() {
    return text(content(), "membership");
  }

  /** Returns the target of a redaction; null if the event is no redaction, or was redacted itself. */
  @Nullable String redacts() {
    return (String) json.get("redacts");
  }

  boolean isRedaction() {
    return type().equals("m.room.redaction");
  }

  @Nullable ClientEventJson because() {
    Object because = aside().get(BECAUSE);
    return because == null ? null : new ClientEventJson(JsonTree.asObject(because));
  }

  @Nullable String replaces() {
    return (String) aside().get("replaces_state");
  }

  /** Returns the depth, which these tests write into event ids: {@code $<depth>.<number>:h}. */
  long depth() {
    return Long.parseLong(id().substring(1, id().indexOf('.')));
  }

  /** Returns whether an event was backfilled, which these tests write into event ids. */
  static boolean isOld(String id) {
    return id.startsWith("$0.");
  }

  /** Returns the event as it is shown in a room's state, without {@code prev_content}. */
  ClientEventJson asState() {
    return withAside(PREVIOUS, null);
  }

  /** Returns the event after {@code redaction}. */
  ClientEventJson redactedBy(ClientEventJson redaction) {
    return pruned().withAside(BECAUSE, redaction.withAside(BECAUSE, null).json);
  }

  /** Returns the event with {@code redacted_because} redacted. */
  ClientEventJson withPrunedBecause() {
    ClientEventJson because = because();
    return because == null ? this : withAside(BECAUSE, because.pruned().json);
  }

  /** Returns the event with {@code prev_content} redacted. */
  ClientEventJson withPrunedPrevious() {
    Object previous = aside().get(PREVIOUS);
    return previous == null
        ? this
        : withAside(PREVIOUS, prunedContent(type(), JsonTree.asObject(previous)));
  }

  /** Returns the event with {@code redacted_because} of another version of it. */
  ClientEventJson withBecauseOf(ClientEventJson other) {
    return withAside(BECAUSE, other.aside().get(BECAUSE));
  }

  private ClientEventJson pruned() {
    Map<String, @Nullable Object> left = new TreeMap<>(json);
    left.keySet().retainAll(ALLOWED);
    left.put("content", prunedContent(type(), content()));
    if (isR0()) {
      Map<String, @Nullable Object> aside = new TreeMap<>(aside());
      aside.keySet().retainAll(KEPT_ASIDE);
      left.put("unsigned", aside);
    }
    return new ClientEventJson(left);
  }

  private static Map<String, @Nullable Object> prunedContent(
      String type, Map<String, @Nullable Object> content) {
    Map<String, @Nullable Object> left = new TreeMap<>(content);
    left.keySet().retainAll(KEPT_CONTENT.getOrDefault(type, Set.of()));
    return left;
  }

  private ClientEventJson withAside(String key, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new TreeMap<>(json);
    Map<String, @Nullable Object> aside = changed;
    if (isR0()) {
      aside = new TreeMap<>(aside());
      changed.put("unsigned", aside);
    }
    if (value == null) {
      aside.remove(key);
    } else {
      aside.put(key, value);
    }
    return new ClientEventJson(changed);
  }

  private Map<String, @Nullable Object> aside() {
    return isR0() ? JsonTree.object(json, "unsigned") : json;
  }

  private Map<String, @Nullable Object> content() {
    return JsonTree.object(json, "content");
  }

  private String type() {
    return text(json, "type");
  }

  private boolean isR0() {
    return json.containsKey("sender");
  }

  private static String text(Map<String, @Nullable Object> object, String key) {
    Object value = object.get(key);
    if (!(value instanceof String)) {
      throw new AssertionError("no " + key + " in " + object);
    }
    return (String) value;
  }

  /** Copies an event without ages, which only the event, its {@code unsigned} and {@code redacted_because} have. */
  private static Map<String, @Nullable Object> withoutAges(Map<String, @Nullable Object> event) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(event);
    copy.remove("age");
    for (String key : List.of("unsigned", BECAUSE)) {
      if (copy.get(key) != null) {
        copy.put(key, withoutAges(JsonTree.object(copy, key)));
      }
    }
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClientEventJson event && json.equals(event.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
