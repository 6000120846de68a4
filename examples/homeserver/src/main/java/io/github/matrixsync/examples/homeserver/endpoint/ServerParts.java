package io.github.matrixsync.examples.homeserver.endpoint;

import io.github.matrixsync.examples.homeserver.appservice.Services;
import io.github.matrixsync.examples.homeserver.people.Accounts;
import io.github.matrixsync.examples.homeserver.people.Presences;
import io.github.matrixsync.examples.homeserver.people.Profiles;
import io.github.matrixsync.examples.homeserver.room.Aliases;
import io.github.matrixsync.examples.homeserver.room.Rooms;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;

/** The parts of the server that endpoints work with. */
public interface ServerParts {
  String name();

  MemoryTypingStore typing();

  MemoryReceiptStore receipts();

  MemoryAccountDataStore accountData();

  MemoryRoomDirectory directory();

  MemoryUserSettings settings();

  Transactions transactions();

  Accounts accounts();

  Services services();

  Aliases aliases();

  Rooms rooms();

  Presences presences();

  Profiles profiles();
}
