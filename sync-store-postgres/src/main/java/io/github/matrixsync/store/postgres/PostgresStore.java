package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.device.SettableDeviceKeyCounts;
import io.github.matrixsync.store.device.SettableDeviceListStore;
import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.device.SettableTransactionIds;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.postgres.internal.device.DeviceListRole;
import io.github.matrixsync.store.postgres.internal.device.FilterRole;
import io.github.matrixsync.store.postgres.internal.device.KeyCountRole;
import io.github.matrixsync.store.postgres.internal.device.ToDeviceRole;
import io.github.matrixsync.store.postgres.internal.device.TransactionIdRole;
import io.github.matrixsync.store.postgres.internal.device.UnreadCountRole;
import io.github.matrixsync.store.postgres.internal.ephemeral.AccountDataRole;
import io.github.matrixsync.store.postgres.internal.ephemeral.PresenceRole;
import io.github.matrixsync.store.postgres.internal.ephemeral.ReceiptRole;
import io.github.matrixsync.store.postgres.internal.ephemeral.TypingRole;
import io.github.matrixsync.store.postgres.internal.schema.Migrations;
import io.github.matrixsync.store.postgres.internal.schema.ServerChecks;
import io.github.matrixsync.store.postgres.internal.settings.DirectoryRole;
import io.github.matrixsync.store.postgres.internal.settings.SettingsRole;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.Watcher;
import io.github.matrixsync.store.timeline.SettableNotificationCounts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Stores on one PostgreSQL, for any number of nodes. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PostgresStore implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.github.matrixsync.store.postgres");

  /** How long the server may be silent when it is asked for heads or health, or is told a hint. */
  private static final Duration QUICK = Duration.ofSeconds(10);

  private final EventRole events;
  private final PresenceRole presence;
  private final TypingRole typing;
  private final ReceiptRole receipts;
  private final AccountDataRole accountData;
  private final SettingsRole settings;
  private final DirectoryRole directory;
  private final ToDeviceRole toDevice;
  private final DeviceListRole deviceLists;
  private final KeyCountRole keyCounts;
  private final TransactionIdRole transactionIds;
  private final FilterRole filters;
  private final UnreadCountRole notificationCounts;
  private final Watcher watcher;
  private final HealthChecks health;

  private PostgresStore(Builder builder) {
    Schema schema = new Schema(builder.schema);
    Database database = new Database(builder.dataSource);
    new Migrations(schema).require(database);
    Database quick = new Database(builder.dataSource, QUICK);
    ServerChecks checks = new ServerChecks(schema);
    List<String> warnings = checks.require(database);
    warnings.forEach(warning -> LOG.log(Level.WARNING, warning));
    Heads heads = new Heads(quick, schema);
    heads.look();
    Hints hints = new Hints(quick, schema, builder.isHinting);
    events = new EventRole(database, schema, heads, hints);
    presence = new PresenceRole(database, schema, heads, hints);
    typing = new TypingRole(database, schema, heads, hints);
    receipts = new ReceiptRole(database, schema, heads, hints);
    accountData = new AccountDataRole(database, schema, heads, hints);
    settings = new SettingsRole(database, schema, heads, hints);
    directory = new DirectoryRole(database, schema);
    toDevice = new ToDeviceRole(database, schema, heads, hints);
    deviceLists = new DeviceListRole(database, schema, heads, hints);
    keyCounts = new KeyCountRole(database, schema);
    transactionIds = new TransactionIdRole(database, schema);
    filters = new FilterRole(database, schema);
    notificationCounts = new UnreadCountRole(database, schema, heads, hints);
    watcher = new Watcher(builder.listener, schema, heads, hints, builder.lookInterval);
    health = new HealthChecks(quick, checks, watcher, warnings);
    watcher.start();
  }

  /** Returns a builder of a store on this data source, which the host owns and closes after the store. */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /** Returns the room events. */
  public PostgresEventStore events() {
    return events;
  }

  /** Returns the presence of users. */
  public SettablePresenceStore presence() {
    return presence;
  }

  /** Returns the typing users of rooms. */
  public SettableTypingStore typing() {
    return typing;
  }

  /** Returns the receipts. */
  public SettableReceiptStore receipts() {
    return receipts;
  }

  /** Returns the account data of users. */
  public SettableAccountDataStore accountData() {
    return accountData;
  }

  /** Returns the settings of users. */
  public SettableUserSettings settings() {
    return settings;
  }

  /** Returns the room directory. */
  public SettableRoomDirectory directory() {
    return directory;
  }

  /** Returns the store of to-device messages. */
  public SettableToDeviceInbox toDevice() {
    return toDevice;
  }

  /** Returns the store of changed device lists. */
  public SettableDeviceListStore deviceLists() {
    return deviceLists;
  }

  /** Returns the store of devices' one-time and fallback key counts. */
  public SettableDeviceKeyCounts keyCounts() {
    return keyCounts;
  }

  /** Returns the store of the transaction ids with which devices sent events. */
  public SettableTransactionIds transactionIds() {
    return transactionIds;
  }

  /** Returns the store of the filters that clients uploaded. */
  public FilterStore filters() {
    return filters;
  }

  /** Returns the store of unread counts, which the host sets. */
  public SettableNotificationCounts notificationCounts() {
    return notificationCounts;
  }

  /** Returns how the store is now. Reads the database, so that it may block; a failure is part of the result. */
  public PostgresHealth health() {
    return health.health();
  }

  /** Ends all stores. Closing again does nothing. */
  @Override
  public void close() {
    watcher.close(); // before the stores, because listeners read them
    events.close();
    presence.close();
    typing.close();
    receipts.close();
    accountData.close();
    settings.close();
    directory.close();
    toDevice.close();
    deviceLists.close();
    keyCounts.close();
    transactionIds.close();
    filters.close();
    notificationCounts.close();
  }

  /**
   * Builds a store. Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final DataSource dataSource;
    private DataSource listener;
    private boolean isHinting = true;
    private Duration lookInterval = Duration.ofSeconds(1);
    private String schema = PostgresSchema.DEFAULT_NAME;

    private Builder(DataSource dataSource) {
      this.dataSource = Objects.requireNonNull(dataSource, "data source");
      listener = dataSource;
    }

    /** Sets the schema that has the tables; {@link PostgresSchema#DEFAULT_NAME} if never set. */
    public Builder schema(String name) {
      schema = Objects.requireNonNull(name, "schema");
      return this;
    }

    /**
     * Sets where the connection comes from on which hints of other nodes arrive; the store's own data source if never
     * set. The store holds this one connection until it is closed. It must be a direct one: behind a pooler that shares
     * connections between transactions no hint ever arrives.
     */
    public Builder listener(DataSource source) {
      listener = Objects.requireNonNull(source, "listener");
      return this;
    }

    /**
     * Sets whether nodes send one another hints and listen for them; true if never set. Without hints a node sees what
     * another one wrote after at most a look interval.
     */
    public Builder hints(boolean on) {
      isHinting = on;
      return this;
    }

    /**
     * Sets the longest time between two looks at the heads of the streams; 1 s if never set.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 hour
     */
    public Builder lookInterval(Duration interval) {
      if (interval.compareTo(Duration.ofMillis(1)) < 0
          || interval.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "a look interval must be from 1 ms to 1 hour, got " + interval);
      }
      lookInterval = interval;
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws StoreException if the database cannot be read, is too old or a standby, if its tables are older or newer
     *     than this library, or rights on them are missing; it says which
     */
    public PostgresStore open() {
      return new PostgresStore(this);
    }
  }
}
