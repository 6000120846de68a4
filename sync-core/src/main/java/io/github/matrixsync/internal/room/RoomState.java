package io.github.matrixsync.internal.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.cache.RoomList;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import java.util.Optional;
import java.util.function.BiConsumer;

/** All state of one room as of a position, sorted by type and state key, encoded for all readers. Immutable. */
final class RoomState {
  private final RoomList list;
  private final EncodedEvents events;

  RoomState(RoomList list) {
    this.list = list;
    this.events = list.events();
  }

  /** Returns the list, for what else is known of it. */
  RoomList list() {
    return list;
  }

  /** Returns the event that an entry is. */
  Optional<EncodedEvent> find(EntryKey key) {
    return events.entry(key.type(), key.stateKey());
  }

  /** Passes on every entry. */
  void forEach(BiConsumer<EntryKey, EventId> each) {
    forEach(0, events.size(), each);
  }

  /** Passes on every entry that is no membership. */
  void forEachButMembers(BiConsumer<EntryKey, EventId> each) {
    int members = events.indexFrom(RoomEvent.MEMBER, "");
    int others = events.indexFrom(RoomEvent.MEMBER + '\0', "");
    forEach(0, members, each);
    forEach(others, events.size(), each);
  }

  private void forEach(int from, int to, BiConsumer<EntryKey, EventId> each) {
    for (int i = from; i < to; i++) {
      EncodedEvent event = events.get(i);
      each.accept(
          new EntryKey(event.type(), event.stateKey().orElse("")), event.id().orElseThrow());
    }
  }
}
