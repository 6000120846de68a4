package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.timeline.SettableNotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** The simplest store of unread counts that a host sets; several instances may share its storage. Thread-safe. */
public class ReferenceSetCounts implements SettableNotificationCounts {
  public Map<List<Object>, UnreadCounts> rows = new ConcurrentHashMap<>();
  public List<ReferenceSetCounts> instances = new CopyOnWriteArrayList<>();
  public volatile boolean signals = true;
  public final List<BiConsumer<UserId, RoomId>> listeners = new CopyOnWriteArrayList<>();
  public final AtomicLong reads = new AtomicLong();

  @SuppressWarnings("this-escape") // other instances call it when they set counts
  public ReferenceSetCounts() {
    instances.add(this);
  }

  /** Connects this new instance to the storage of another one. */
  public void join(ReferenceSetCounts open, boolean getsSignals) {
    rows = open.rows;
    instances = open.instances;
    signals = getsSignals;
    instances.add(this);
  }

  @Override
  public Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> rooms, long upTo) {
    reads.incrementAndGet();
    Map<RoomId, UnreadCounts> found = new HashMap<>();
    rooms.forEach(
        room -> found.put(room, rows.getOrDefault(List.of(user, room), UnreadCounts.NONE)));
    return Map.copyOf(found);
  }

  @Override
  public void set(UserId user, RoomId room, UnreadCounts counts) {
    rows.put(List.of(user, room), counts);
    for (ReferenceSetCounts instance : reached()) {
      instance.tell(user, room);
    }
  }

  /** Returns the instances whose listeners are called for counts that this one sets. */
  public List<ReferenceSetCounts> reached() {
    return instances.stream()
        .filter(instance -> instance == this || instance.signals)
        .toList();
  }

  public void tell(UserId user, RoomId room) {
    for (BiConsumer<UserId, RoomId> listener : listeners) {
      try {
        listener.accept(user, room);
      } catch (RuntimeException ignored) {
        // The contract: a listener's failure harms nobody.
      }
    }
  }

  @Override
  public Registration onChange(BiConsumer<UserId, RoomId> listener) {
    BiConsumer<UserId, RoomId> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }
}
