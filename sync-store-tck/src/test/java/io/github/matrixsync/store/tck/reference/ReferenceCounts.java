package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Unread messages, counted anew for every call. Thread-safe. */
public class ReferenceCounts implements NotificationCounts {
  /** A message. */
  public record Message(long position, RoomId room, UserId sender) {}

  public final List<Message> messages = new ArrayList<>(); // guarded by this, as the others
  public final Map<List<Object>, Long> receipts = new HashMap<>();
  public final Set<List<Object>> joined = new HashSet<>();
  public final Map<UserId, Set<UserId>> ignored = new HashMap<>();
  public final List<BiConsumer<UserId, RoomId>> listeners = new CopyOnWriteArrayList<>();
  public long purged;
  public long reads;

  public static List<Object> key(UserId user, RoomId room) {
    return List.of(user, room);
  }

  @Override
  public synchronized Map<RoomId, UnreadCounts> counts(
      UserId user, Collection<RoomId> rooms, long upTo) {
    reads++;
    Map<RoomId, UnreadCounts> found = new HashMap<>();
    rooms.forEach(room -> found.put(room, count(user, room)));
    return Map.copyOf(found);
  }

  public UnreadCounts count(UserId user, RoomId room) {
    long count = messages.stream()
        .filter(message -> message.room.equals(room) && counts(message, user))
        .count();
    return new UnreadCounts(new UnreadCounts.Count(count, 0), Map.of());
  }

  public boolean counts(Message message, UserId user) {
    return isJoined(message, user)
        && !isOwn(message, user)
        && !isRead(message, user)
        && !isIgnored(message, user)
        && !isPurged(message, user);
  }

  public boolean isJoined(Message message, UserId user) {
    return joined.contains(key(user, message.room));
  }

  public boolean isOwn(Message message, UserId user) {
    return message.sender.equals(user);
  }

  public boolean isRead(Message message, UserId user) {
    return message.position <= receipts.getOrDefault(key(user, message.room), 0L);
  }

  public boolean isIgnored(Message message, UserId user) {
    return ignored.getOrDefault(user, Set.of()).contains(message.sender);
  }

  public boolean isPurged(Message message, UserId user) {
    return message.position <= purged;
  }

  public synchronized long message(RoomId room, UserId sender) {
    messages.add(new Message(messages.size() + 1, room, sender));
    return messages.size();
  }

  public void read(UserId user, RoomId room, long position) {
    synchronized (this) {
      receipts.put(key(user, room), position);
    }
    tell(user, room);
  }

  public void tell(UserId user, RoomId room) {
    listeners.forEach(listener -> listener.accept(user, room));
  }

  @Override
  public Registration onChange(BiConsumer<UserId, RoomId> listener) {
    BiConsumer<UserId, RoomId> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }
}
