package io.github.matrixsync.law;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Presence, typing, receipts and account data as a client collects them from answers: the latest value of each key.
 * Confined to one thread.
 */
final class SideClient {
  private static final Pattern PRESENCE =
      Pattern.compile("\\{\"user_id\":\"([^\"]+)\",\"presence\":\"([a-z_]+)\"\\}");
  private static final Pattern RECEIPT_KEY = Pattern.compile("\"([$@][^\"]+)\":\\{");

  final Map<String, String> presence = new TreeMap<>();
  final Map<RoomId, String> typing = new TreeMap<>();
  final Map<String, String> receipts = new TreeMap<>();
  final Map<String, String> accountData = new TreeMap<>();

  void take(List<ClientEvent> entries) {
    for (ClientEvent entry : entries) {
      if (entry.id().isEmpty()) {
        take(entry);
      }
    }
  }

  /** Drops the presence of users who share no room with the user any more; offline presence is dropped too. */
  void keepPresenceOf(Set<UserId> people) {
    presence.keySet().removeIf(user -> !people.contains(UserId.parse(user)));
  }

  private void take(ClientEvent entry) {
    String content = entry.content().toString();
    switch (entry.type()) {
      case "m.presence" -> takePresence(content);
      case "m.typing" -> typing.put(entry.room().orElseThrow(), content);
      case "m.receipt" -> takeReceipts(entry.room().orElseThrow(), content);
      default -> accountData.put(entry.room().map(RoomId::value) + entry.type(), content);
    }
  }

  private void takePresence(String content) {
    Matcher found = PRESENCE.matcher(content);
    if (!found.matches()) {
      throw new AssertionError("no presence: " + content);
    }
    if (found.group(2).equals("offline")) {
      presence.remove(found.group(1));
    } else {
      presence.put(found.group(1), found.group(2));
    }
  }

  private void takeReceipts(RoomId room, String content) {
    String event = "";
    Matcher key = RECEIPT_KEY.matcher(content);
    while (key.find()) {
      if (key.group(1).startsWith("$")) {
        event = key.group(1);
      } else {
        receipts.put(room + " " + key.group(1), event);
      }
    }
  }
}
