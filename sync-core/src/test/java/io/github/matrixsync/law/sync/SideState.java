package io.github.matrixsync.law.sync;

import io.github.matrixsync.domain.event.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What streams beside the rooms' events say now: presence, who types, receipts and account data, by a line of text for
 * each. The host has one of all users, a client one of what it was told. Confined to one thread.
 */
final class SideState {
  private static final String OFFLINE = "offline";

  private final Map<String, String> values = new TreeMap<>();

  /** Receipts of threads that a receipt for all threads may have replaced, because an answer has one place for both. */
  private final Map<String, Set<String>> hidden = new TreeMap<>();

  static String presence(String user) {
    return "presence " + user;
  }

  static String data(String user, @Nullable String room, String type) {
    return "data " + user + " " + room + " " + type;
  }

  private static String typing(String room, String user) {
    return "typing " + room + " " + user;
  }

  static String receipt(String room, String user, String type, @Nullable String thread) {
    return "receipt " + room + " " + user + " " + type + " " + thread;
  }

  /** Returns the thread of an event. */
  static String thread(String event) {
    return event.hashCode() % 2 == 0 ? "main" : "$root:h";
  }

  void put(String key, String value) {
    values.put(key, value);
  }

  /** Returns the keys. */
  Set<String> keys() {
    return values.keySet();
  }

  void setTyping(String room, String user, boolean types) {
    if (types) {
      values.put(typing(room, user), "");
    } else {
      values.remove(typing(room, user));
    }
  }

  /** Applies an answer that a user got. */
  void apply(SyncAnswer answer, String user) {
    answer
        .other("presence")
        .forEach(event ->
            put(presence(event.sender()), String.valueOf(event.content().get("presence"))));
    answer.other("account data").forEach(event -> putData(user, null, event));
    answer.rooms().forEach((room, told) -> {
      told.accountData().forEach(event -> putData(user, room, event));
      told.ephemeral().forEach(event -> apply(room, event));
    });
  }

  private void putData(String user, @Nullable String room, SyncAnswer.Event event) {
    put(data(user, room, event.type()), String.valueOf(event.content()));
  }

  private void apply(String room, SyncAnswer.Event event) {
    if (event.type().equals("m.typing")) {
      values.keySet().removeIf(key -> key.startsWith("typing " + room + " "));
      List<?> users = (List<?>) event.content().get("user_ids");
      users.forEach(user -> setTyping(room, (String) user, true));
      return;
    }
    event
        .content()
        .forEach((id, types) -> JsonTree.asObject(types)
            .forEach((type, users) -> JsonTree.asObject(users).forEach((user, data) -> {
              Object thread = JsonTree.asObject(data).get("thread_id");
              put(receipt(room, user, type, (String) thread), id);
              if (thread == null) {
                hidden
                    .computeIfAbsent(receipt(room, user, type, thread(id)), key -> new TreeSet<>())
                    .add(id);
              }
            })));
  }

  /** Returns whether a receipt may have been replaced by another one in an answer. */
  boolean mayHide(String key, @Nullable String value) {
    return value != null && hidden.getOrDefault(key, Set.of()).contains(value);
  }

  /**
   * Returns what a user may know of it: of the rooms that the user is joined to, of the users in them, and of the user.
   *
   * @param joined the rooms that the client wants
   * @param members by room that the user is joined to, who is
   */
  Map<String, String> shownTo(String user, Set<String> joined, Map<String, Set<String>> members) {
    Map<String, String> shown = new TreeMap<>();
    values.forEach((key, value) -> {
      String[] parts = key.split(" ");
      boolean isShown = switch (parts[0]) {
        case "presence" ->
          !value.equals(OFFLINE)
              && (parts[1].equals(user)
                  || members.values().stream().anyMatch(users -> users.contains(parts[1])));
        case "data" ->
          parts[1].equals(user) && (parts[2].equals("null") || joined.contains(parts[2]));
        case "receipt" ->
          joined.contains(parts[1]) && (!parts[3].endsWith("private") || parts[2].equals(user));
        default -> joined.contains(parts[1]) && members.get(parts[1]).contains(parts[2]);
      };
      if (isShown) {
        shown.put(key, value);
      }
    });
    return shown;
  }
}
