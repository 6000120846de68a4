package io.github.matrixsync.law.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All to-device messages and all changes of devices, in order. Confined to one thread. */
final class DeviceLog {
  /** The maximum number of messages in one answer. */
  static final int MOST = 100;

  private record Message(String device, long position, String text) {}

  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Long> lastChanges = new HashMap<>();
  private final Map<String, Long> handedOut = new HashMap<>();
  private final Map<String, Long> acknowledged = new HashMap<>();

  private static String name(String user, String device) {
    return user + " " + device;
  }

  void send(String user, String device, long position, String text) {
    messages.add(new Message(name(user, device), position, text));
  }

  void change(long position, String user) {
    lastChanges.put(user, position);
  }

  /** Records a request of a loop: messages up to its token have arrived. */
  void show(SyncLoop loop) {
    String token = loop.client.token();
    if (token != null && loop.device.isPresent()) {
      String device = name(loop.user, loop.device.get());
      long shown = SyncAnswer.parts(token)[SyncAnswer.MESSAGES];
      long upTo = Math.min(shown, handedOut.getOrDefault(device, 0L));
      acknowledged.merge(device, upTo, Math::max);
    }
  }

  /** Returns the messages of a loop's next answer, and records that they were sent. */
  List<String> handOut(SyncLoop loop) {
    List<Message> pending = pending(loop);
    pending.forEach(message -> handedOut.merge(message.device(), message.position(), Math::max));
    return pending.stream().map(Message::text).toList();
  }

  boolean hasPending(SyncLoop loop) {
    return !pending(loop).isEmpty();
  }

  private List<Message> pending(SyncLoop loop) {
    if (loop.device.isEmpty()) {
      return List.of();
    }
    String device = name(loop.user, loop.device.get());
    String token = loop.client.token();
    long shown = token == null ? 0 : SyncAnswer.parts(token)[SyncAnswer.MESSAGES];
    long after = Math.max(shown, acknowledged.getOrDefault(device, 0L));
    return messages.stream()
        .filter(message -> message.device().equals(device) && message.position() > after)
        .limit(MOST)
        .toList();
  }

  /** Returns the position of the last change of a user's devices; 0 if there was none. */
  long lastChange(String user) {
    return lastChanges.getOrDefault(user, 0L);
  }

  /** Returns the users whose devices last changed in {@code (after, upTo]}. */
  Set<String> changed(long after, long upTo) {
    Set<String> users = new TreeSet<>();
    lastChanges.forEach((user, position) -> {
      if (position > after && position <= upTo) {
        users.add(user);
      }
    });
    return users;
  }
}
