package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.state.StateEntry;

/** A row of a state entry: which event it is, and since when. Confined to one transaction. */
final class EntryRow {
  /** What distinguishes an entry from others. */
  record Key(RoomId room, String type, String stateKey) {
    static Key of(RoomId room, StateEntry entry) {
      return new Key(room, entry.type(), entry.stateKey());
    }
  }

  final Key key;
  final long since;
  final boolean isStored;
  KnownEvent event;
  long until = Long.MAX_VALUE;

  EntryRow(Key key, long since, KnownEvent event, boolean isStored) {
    this.key = key;
    this.since = since;
    this.event = event;
    this.isStored = isStored;
  }
}
