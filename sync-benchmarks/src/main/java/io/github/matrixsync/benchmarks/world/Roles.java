package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;

/** Engines with a store for every role, whose calls are counted. */
public final class Roles {
  private Roles() {}

  /** Returns the builder of an engine over {@code events} and empty memory stores of every other role. */
  public static SyncEngineBuilder counted(EventStore events, StoreCalls calls) {
    return SyncEngine.builder(calls.counted(EventStore.class, events))
        .presence(calls.counted(PresenceStore.class, MemoryPresenceStore.startingAt(1)))
        .typing(calls.counted(TypingStore.class, MemoryTypingStore.startingAt(1)))
        .receipts(calls.counted(ReceiptStore.class, MemoryReceiptStore.startingAt(1)))
        .directory(calls.counted(RoomDirectory.class, MemoryRoomDirectory.create()))
        .settings(calls.counted(UserSettings.class, MemoryUserSettings.create()));
  }
}
