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
    int index = indexFrom(key.type(), key.stateKey());
    return index < events.size() && events.compareEntry(index, key.type(), key.stateKey()) == 0
        ? Optional.of(events.get(index))
        : Optional.empty();
  }

  /** Passes on every entry. */
  void forEach(BiConsumer<EntryKey, EventId> each) {
    forEach(0, events.size(), each);
  }

  /** Passes on every entry that is no membership. */
  void forEachButMembers(BiConsumer<EntryKey, EventId> each) {
    int members = indexFrom(RoomEvent.MEMBER, "");
    int others = indexFrom(RoomEvent.MEMBER + '\0', "");
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

  /** Returns the index of the first entry that is not less than this one. */
  private int indexFrom(String type, String stateKey) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.compareEntry(middle, type, stateKey) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
