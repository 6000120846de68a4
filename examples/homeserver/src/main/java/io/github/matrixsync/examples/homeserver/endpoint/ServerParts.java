package io.github.matrixsync.examples.homeserver.endpoint;

import io.github.matrixsync.examples.homeserver.appservice.Services;
import io.github.matrixsync.examples.homeserver.device.DeviceStores;
import io.github.matrixsync.examples.homeserver.device.Keys;
import io.github.matrixsync.examples.homeserver.people.Accounts;
import io.github.matrixsync.examples.homeserver.people.Presences;
import io.github.matrixsync.examples.homeserver.people.Profiles;
import io.github.matrixsync.examples.homeserver.people.Sessions;
import io.github.matrixsync.examples.homeserver.push.PushRules;
import io.github.matrixsync.examples.homeserver.room.Aliases;
import io.github.matrixsync.examples.homeserver.room.Rooms;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;

/** The parts of the server that endpoints work with. */
public interface ServerParts {
  String name();

  SettableTypingStore typing();

  SettableReceiptStore receipts();

  SettableAccountDataStore accountData();

  SettableRoomDirectory directory();

  SettableUserSettings settings();

  Transactions transactions();

  Accounts accounts();

  Sessions sessions();

  PushRules pushRules();

  DeviceStores devices();

  Keys keys();

  Services services();

  Aliases aliases();

  Rooms rooms();

  Presences presences();

  Profiles profiles();
}
