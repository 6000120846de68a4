package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.homeserver.appservice.ServiceClient;
import io.github.matrixsync.homeserver.appservice.Services;
import io.github.matrixsync.homeserver.device.DeviceStores;
import io.github.matrixsync.homeserver.device.Keys;
import io.github.matrixsync.homeserver.people.Accounts;
import io.github.matrixsync.homeserver.people.Presences;
import io.github.matrixsync.homeserver.people.Profiles;
import io.github.matrixsync.homeserver.people.Sessions;
import io.github.matrixsync.homeserver.push.PushRules;
import io.github.matrixsync.homeserver.room.Aliases;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/**
 * The parts of the server that endpoints work with.
 *
 * @since 0.1.0
 */
public interface ServerParts {
  String name();

  /** Returns the time, by which events are dated and typing ends. */
  InstantSource clock();

  /** Returns the source of ids and tokens. */
  Random random();

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

  /** Returns the clients of those services that listen. */
  List<ServiceClient> serviceClients();

  Aliases aliases();

  Rooms rooms();

  Presences presences();

  Profiles profiles();
}
