package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.homeserver.appservice.ServiceClient;
import io.github.matrixsync.homeserver.appservice.Services;
import io.github.matrixsync.homeserver.device.DeviceStores;
import io.github.matrixsync.homeserver.device.Keys;
import io.github.matrixsync.homeserver.http.Transactions;
import io.github.matrixsync.homeserver.people.Accounts;
import io.github.matrixsync.homeserver.people.Presences;
import io.github.matrixsync.homeserver.people.Profiles;
import io.github.matrixsync.homeserver.people.Sessions;
import io.github.matrixsync.homeserver.push.PushRules;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.room.Aliases;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The parts of a server that endpoints work with, put together. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ServerParts {
  /**
   * What the host supplies.
   *
   * @param name the name of the server, which is in its ids
   * @param clock by which events are dated and typing ends
   * @param random the source of tokens, salts and ids of files
   * @param timer ends the presence that polls report; if it is empty, polls report none
   * @since 0.1.0
   */
  public record Host(
      String name, InstantSource clock, Random random, Optional<Presences.Timer> timer) {}

  /**
   * Where the server keeps what is not an event. Those of presence and typing are asked for whenever they are used, so
   * a host may replace them.
   *
   * @since 0.1.0
   */
  public interface Stores {
    SettablePresenceStore presence();

    SettableTypingStore typing();

    SettableReceiptStore receipts();

    SettableAccountDataStore accountData();

    SettableRoomDirectory directory();

    SettableUserSettings settings();

    DeviceStores devices();
  }

  private final Host host;
  private final Stores stores;
  private final Rooms rooms;
  private final Transactions transactions = new Transactions();
  private final Accounts accounts;
  private final Sessions sessions;
  private final PushRules pushRules;
  private final Keys keys;
  private final Services services;
  private final List<ServiceClient> serviceClients = new CopyOnWriteArrayList<>();
  private final Aliases aliases;
  private final Presences presences;
  private final Profiles profiles;

  /**
   * Creates the parts of a server.
   *
   * @throws IllegalArgumentException if the services cannot be registered together
   */
  public ServerParts(Host host, Stores stores, Rooms rooms, List<Registration> registrations) {
    this.host = host;
    this.stores = stores;
    this.rooms = rooms;
    accounts = new Accounts(host.name(), host.random());
    sessions = new Sessions(host.random());
    pushRules = new PushRules(stores.accountData());
    keys = new Keys(stores.devices());
    sessions.onDelete(keys::remove);
    services = new Services(accounts, sessions, registrations);
    aliases = new Aliases(stores.directory(), host.name());
    presences = new Presences(
        stores::presence,
        host.clock(),
        user -> host.timer().isPresent() && !accounts.isGuest(user) && !services.isSender(user),
        (delay, task) -> host.timer().ifPresent(timer -> timer.after(delay, task)));
    profiles = new Profiles(rooms, presences);
  }

  /** Returns the name of the server. */
  public String name() {
    return host.name();
  }

  public InstantSource clock() {
    return host.clock();
  }

  public Random random() {
    return host.random();
  }

  public SettableTypingStore typing() {
    return stores.typing();
  }

  public SettableReceiptStore receipts() {
    return stores.receipts();
  }

  public SettableAccountDataStore accountData() {
    return stores.accountData();
  }

  public SettableRoomDirectory directory() {
    return stores.directory();
  }

  public SettableUserSettings settings() {
    return stores.settings();
  }

  public DeviceStores devices() {
    return stores.devices();
  }

  public Transactions transactions() {
    return transactions;
  }

  public Accounts accounts() {
    return accounts;
  }

  public Sessions sessions() {
    return sessions;
  }

  public PushRules pushRules() {
    return pushRules;
  }

  public Keys keys() {
    return keys;
  }

  public Services services() {
    return services;
  }

  /** Returns the clients of those services that listen, to which the host adds each. */
  public List<ServiceClient> serviceClients() {
    return serviceClients;
  }

  public Aliases aliases() {
    return aliases;
  }

  public Rooms rooms() {
    return rooms;
  }

  public Presences presences() {
    return presences;
  }

  public Profiles profiles() {
    return profiles;
  }
}
