package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.appservice.ServiceClient;
import io.github.matrixsync.homeserver.appservice.Services;
import io.github.matrixsync.homeserver.device.DeviceStores;
import io.github.matrixsync.homeserver.device.Keys;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.homeserver.endpoint.Transactions;
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
import io.github.matrixsync.testkit.internal.run.Timeline;
import io.github.matrixsync.testkit.internal.server.Server;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** The parts of a world that the endpoints of the API work with. Thread-safe. */
final class WorldParts implements ServerParts {
  private static final long SEED = 1;

  private final String name;
  private final Timeline timeline;
  private final Server server;
  private final Rooms rooms;
  private final List<ServiceClient> clients = new CopyOnWriteArrayList<>();

  /** Tokens and ids are the same in every run. */
  private final Random random = new Random(SEED);

  private final Transactions transactions = new Transactions();
  private final Accounts accounts;
  private final Sessions sessions = new Sessions(random);
  private final PushRules pushRules;
  private final Keys keys;
  private final Services services;
  private final Aliases aliases;
  private final Presences presences;
  private final Profiles profiles;

  WorldParts(String name, Timeline timeline, Server server, Rooms rooms) {
    this.name = name;
    this.timeline = timeline;
    this.server = server;
    this.rooms = rooms;
    accounts = new Accounts(name, random);
    pushRules = new PushRules(server.accountData);
    keys = new Keys(server.devices);
    sessions.onDelete(keys::remove);
    services = new Services(accounts, sessions, List.of());
    aliases = new Aliases(server.directory, name);
    presences = new Presences(server::presence, timeline, user -> false, WorldParts::never);
    profiles = new Profiles(rooms, presences);
  }

  /** No poll sets anybody online, so nothing has to be looked at later. */
  private static void never(Duration delay, Runnable task) {}

  /** Creates the account of a user of the test, unless there is one. */
  synchronized void ensure(UserId user) {
    if (!accounts.exists(user)) {
      accounts.register(user, password(user));
    }
  }

  static String password(UserId user) {
    return "password of " + user.value();
  }

  /** Returns a new access token of a user. */
  String open(UserId user) {
    return sessions.open(user, Optional.empty(), Optional.of("test"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InstantSource clock() {
    return timeline;
  }

  @Override
  public Random random() {
    return random;
  }

  @Override
  public SettableTypingStore typing() {
    return server.typing();
  }

  @Override
  public SettableReceiptStore receipts() {
    return server.receipts;
  }

  @Override
  public SettableAccountDataStore accountData() {
    return server.accountData;
  }

  @Override
  public SettableRoomDirectory directory() {
    return server.directory;
  }

  @Override
  public SettableUserSettings settings() {
    return server.settings;
  }

  @Override
  public Transactions transactions() {
    return transactions;
  }

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public PushRules pushRules() {
    return pushRules;
  }

  @Override
  public DeviceStores devices() {
    return server.devices;
  }

  @Override
  public Keys keys() {
    return keys;
  }

  @Override
  public Services services() {
    return services;
  }

  /** Returns the services that listen, to which others may be added. */
  @Override
  public List<ServiceClient> serviceClients() {
    return clients;
  }

  @Override
  public Aliases aliases() {
    return aliases;
  }

  @Override
  public Rooms rooms() {
    return rooms;
  }

  @Override
  public Presences presences() {
    return presences;
  }

  @Override
  public Profiles profiles() {
    return profiles;
  }
}
