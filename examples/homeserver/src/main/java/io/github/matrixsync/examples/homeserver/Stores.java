package io.github.matrixsync.examples.homeserver;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.matrixsync.homeserver.device.DeviceStores;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryDeviceKeyCounts;
import io.github.matrixsync.store.memory.MemoryDeviceListStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryToDeviceInbox;
import io.github.matrixsync.store.memory.MemoryTransactionIds;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import io.github.matrixsync.store.postgres.PostgresHealth;
import io.github.matrixsync.store.postgres.PostgresSchema;
import io.github.matrixsync.store.postgres.PostgresStore;
import io.github.matrixsync.store.timeline.Relations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The stores that the server writes and its engine reads. The only place that knows which implementation they are.
 *
 * @param relations which events relate to which, if the store of events knows
 * @param isRemote whether a call may wait for a network
 * @param health says whether they work; may wait for a network
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
    DeviceStores devices,
    Optional<Relations> relations,
    boolean isRemote,
    Supplier<Health> health,
    Runnable onClose)
    implements ServerParts.Stores, AutoCloseable {
  private static final int CONNECTIONS = 16;

  /**
   * Whether the stores work.
   *
   * @param problems why they cannot be used; empty if they can
   * @param warnings what is wrong with them otherwise
   */
  record Health(List<String> problems, List<String> warnings) {
    static final Health GOOD = new Health(List.of(), List.of());

    private static Health of(PostgresHealth health) {
      List<String> warnings = new ArrayList<>(health.warnings());
      switch (health.hints()) {
        case SILENT -> warnings.add("no hints arrive: is there a pooler in transaction mode?");
        case BROKEN -> warnings.add("no hints arrive: their connection is broken");
        case ARRIVE, OFF -> {}
      }
      health.lockHolders().forEach(holder -> warnings.add(holder.toString()));
      return new Health(health.failure().stream().toList(), List.copyOf(warnings));
    }
  }

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
        devicesStartingAt(first),
        Optional.of(events),
        false,
        () -> Health.GOOD,
        events::close);
  }

  /**
   * Opens stores on a schema of a PostgreSQL database, and makes or updates its tables first. Several servers may use
   * one schema at once. What belongs to devices is in memory all the same, as the devices are.
   *
   * @throws StoreException if the database cannot be reached, or is not fit; it says why
   */
  static Stores onPostgres(DataSource database, String schema) {
    PostgresSchema.migrate(database, schema);
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    HikariDataSource pool = new HikariDataSource(config);
    try {
      PostgresStore store =
          PostgresStore.builder(pool).schema(schema).listener(database).open();
      return new Stores(
          store.events(),
          store.presence(),
          store.typing(),
          store.receipts(),
          store.accountData(),
          store.directory(),
          store.settings(),
          devicesStartingAt(System.currentTimeMillis()),
          Optional.empty(),
          true,
          () -> Health.of(store.health()),
          () -> {
            store.close();
            pool.close();
          });
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static DeviceStores devicesStartingAt(long first) {
    return new DeviceStores(
        MemoryToDeviceInbox.startingAt(first),
        MemoryDeviceListStore.startingAt(first),
        MemoryDeviceKeyCounts.create(),
        MemoryTransactionIds.create());
  }

  @Override
  public void close() {
    onClose.run();
  }
}
