package io.github.matrixsync.client;

import io.github.matrixsync.domain.event.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Presence, typing, receipts and account data as a client tracks them: the latest value of each key. Confined to one
 * thread.
 */
final class ClientSide {
  private final Map<String, Object> presence = new TreeMap<>();
  private final Map<String, Object> typing = new TreeMap<>();
  private final Map<String, Map<String, Object>> receipts = new TreeMap<>();
  private final Map<String, Map<String, Object>> data = new TreeMap<>();

  /** Applies the entries of a chunk. */
  void take(List<Map<String, @Nullable Object>> entries) {
    entries.forEach(entry -> take(entry, String.valueOf(entry.getOrDefault("room_id", ""))));
  }

  /** Applies the account data of a room in a snapshot. */
  void takeData(List<Map<String, @Nullable Object>> entries, String room) {
    entries.forEach(entry -> putData(entry, room));
  }

  /** Drops the entries of a room that the user has left. */
  void leave(String room) {
    typing.remove(room);
    receipts.remove(room);
  }

  /** Drops the presence of all other users. */
  void keepPresenceOf(Set<String> people) {
    presence.keySet().retainAll(people);
  }

  /** Returns the differences from a snapshot, which has no typing, and account data only for {@code rooms}. */
  List<String> compareWithSnapshot(ClientSide there, Set<String> rooms) {
    List<String> differences = new ArrayList<>();
    compare("presence", presence, there.presence, differences);
    compare("receipts", receipts, there.receipts, differences);
    compareData(there, rooms, differences);
    return differences;
  }

  /** Returns the differences from all current entries. */
  List<String> compareWithCurrent(ClientSide there, Set<String> roomsOfData) {
    List<String> differences = new ArrayList<>();
    compare("presence", presence, there.presence, differences);
    compare("typing", typing, there.typing, differences);
    compare("receipts", receipts, there.receipts, differences);
    compareData(there, roomsOfData, differences);
    return differences;
  }

  private void compareData(ClientSide there, Set<String> rooms, List<String> differences) {
    Set<String> all = new TreeSet<>(rooms);
    all.add("");
    for (String room : all) {
      compare(
          "account data of '" + room + "'",
          data.getOrDefault(room, Map.of()),
          there.data.getOrDefault(room, Map.of()),
          differences);
    }
  }

  private static void compare(String what, Object mine, Object there, List<String> differences) {
    if (!mine.equals(there)) {
      differences.add(what + " is " + mine + ", there " + there);
    }
  }

  private void take(Map<String, @Nullable Object> entry, String room) {
    Map<String, @Nullable Object> content = JsonTree.object(entry, "content");
    switch (String.valueOf(entry.get("type"))) {
      case "m.presence" -> takePresence(content);
      case "m.typing" -> takeTyping(room, content);
      case "m.receipt" -> takeReceipts(room, content);
      default -> putData(entry, room);
    }
  }

  /** Offline presence is treated as unknown. */
  private void takePresence(Map<String, @Nullable Object> content) {
    String user = String.valueOf(content.get("user_id"));
    String state = String.valueOf(content.get("presence"));
    if (state.equals("offline")) {
      presence.remove(user);
    } else {
      presence.put(user, state);
    }
  }

  private void takeTyping(String room, Map<String, @Nullable Object> content) {
    List<?> users = (List<?>) content.get("user_ids");
    if (users == null || users.isEmpty()) {
      typing.remove(room);
    } else {
      typing.put(room, new TreeSet<>(users));
    }
  }

  private void takeReceipts(String room, Map<String, @Nullable Object> content) {
    content.forEach((event, types) -> JsonTree.asObject(types)
        .forEach((type, users) -> JsonTree.asObject(users)
            .keySet()
            .forEach(user -> receipts
                .computeIfAbsent(room, key -> new TreeMap<>())
                .put(type + " " + user, event))));
  }

  private void putData(Map<String, @Nullable Object> entry, String room) {
    data.computeIfAbsent(room, key -> new TreeMap<>())
        .put(String.valueOf(entry.get("type")), JsonTree.object(entry, "content"));
  }
}
