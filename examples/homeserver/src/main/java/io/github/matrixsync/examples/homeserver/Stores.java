package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;

/**
 * The stores that the server writes and its engine reads. The only place that knows which implementation they are.
 *
 * @param onClose closes them
 */
// More than five parameters: one for each store of the server.
record Stores(
    AppendableEventStore events,
    SettablePresenceStore presence,
    SettableTypingStore typing,
    SettableReceiptStore receipts,
    SettableAccountDataStore accountData,
    SettableRoomDirectory directory,
    SettableUserSettings settings,
    Runnable onClose)
    implements AutoCloseable {
  /** Makes stores on the heap; positions begin at the clock, so that tokens of an earlier run are expired. */
  static Stores inMemory() {
    long first = System.currentTimeMillis();
    MemoryEventStore events = MemoryEventStore.builder().firstPosition(first).build();
    return new Stores(
        events,
        MemoryPresenceStore.startingAt(first),
        MemoryTypingStore.startingAt(first),
        MemoryReceiptStore.startingAt(first),
        MemoryAccountDataStore.startingAt(first),
        MemoryRoomDirectory.create(),
        MemoryUserSettings.create(),
        events::close);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
