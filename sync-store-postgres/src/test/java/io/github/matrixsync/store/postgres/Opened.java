package io.github.matrixsync.store.postgres;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The stores that a contract test opened, by their events: the contract knows these alone. Thread-safe. */
final class Opened {
  private record Store(PostgresStore store, String schema) {}

  private final Map<PostgresEventStore, Store> stores = new ConcurrentHashMap<>();
  private final TestDatabase database;

  Opened(TestDatabase database) {
    this.database = database;
  }

  /** Opens a store on a new schema. */
  PostgresEventStore open() {
    return open(database.newSchema());
  }

  /** Opens one more store on the schema of an earlier one. */
  PostgresEventStore another(PostgresEventStore earlier) {
    Store store = stores.get(earlier);
    if (store == null) {
      throw new IllegalArgumentException("this store was opened elsewhere");
    }
    return open(store.schema());
  }

  private PostgresEventStore open(String schema) {
    PostgresStore store = database.open(schema);
    stores.put(store.events(), new Store(store, schema));
    return store.events();
  }

  /** Closes a store. */
  void close(PostgresEventStore events) {
    Store store = stores.get(events);
    if (store != null) {
      store.store().close();
    }
  }
}
