package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the events of rooms and users to a store. Confined to one thread. */
public final class Community {
  private static final int BATCH = 1_000;

  private final AppendableEventStore store;
  private final Events events = new Events();
  private final List<Append> pending = new ArrayList<>();

  private Community(AppendableEventStore store) {
    this.store = store;
  }

  /** Returns a community on a new memory store. */
  public static Community inMemory() {
    return of(MemoryEventStore.create());
  }

  /** Returns a community on {@code store}. */
  public static Community of(AppendableEventStore store) {
    return new Community(store);
  }

  /** Returns the store, with all events appended. */
  public AppendableEventStore store() {
    flush();
    return store;
  }

  /** Creates a room. */
  public Community create(RoomId room, UserId creator) {
    return add(events.create(room, creator));
  }

  /** Joins a user to a room. */
  public Community join(RoomId room, UserId user) {
    return add(events.member(room, user, "join"));
  }

  /** Makes a user leave a room. */
  public Community leave(RoomId room, UserId user) {
    return add(events.member(room, user, "leave"));
  }

  /** Makes a room world readable. */
  public Community worldReadable(RoomId room, UserId sender) {
    return add(events.worldReadable(room, sender));
  }

  /** Sets {@code count} state entries. */
  public Community states(RoomId room, UserId sender, int count) {
    for (int i = 0; i < count; i++) {
      add(events.state(room, sender, "key" + i));
    }
    return this;
  }

  /** Sends {@code count} messages. */
  public Community messages(RoomId room, UserId sender, int count) {
    for (int i = 0; i < count; i++) {
      add(events.message(room, sender));
    }
    return this;
  }

  /** Appends one message at once, and returns its id. */
  public EventId say(RoomId room, UserId sender) {
    RoomEvent message = events.message(room, sender);
    store().append(List.of(Append.live(message)));
    return message.id();
  }

  /** Returns a message to be appended. */
  public Append message(RoomId room, UserId sender) {
    return Append.live(events.message(room, sender));
  }

  /** Returns a message to be appended whose text has {@code characters} characters. */
  public Append message(RoomId room, UserId sender, int characters) {
    return Append.live(events.message(room, sender, characters));
  }

  /** Appends a backfilled message at once. */
  public void backfill(RoomId room, UserId sender) {
    Append old =
        Append.backfill(events.message(room, sender), Optional.of(HistoryVisibility.SHARED));
    store().append(List.of(old));
  }

  private Community add(RoomEvent event) {
    pending.add(Append.live(event));
    if (pending.size() == BATCH) {
      flush();
    }
    return this;
  }

  private void flush() {
    if (!pending.isEmpty()) {
      store.append(List.copyOf(pending));
      pending.clear();
    }
  }
}
