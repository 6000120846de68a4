package io.github.matrixsync.store.postgres;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The stores that a contract test opened, by one of their roles: the contract knows it alone. Thread-safe.
 *
 * @param <S> the role
 */
final class Opened<S> {
  private record Store(PostgresStore store, String schema) {}

  private final Map<S, Store> stores = new ConcurrentHashMap<>();
  private final TestDatabase database;
  private final Function<PostgresStore, S> role;

  Opened(TestDatabase database, Function<PostgresStore, S> role) {
    this.database = database;
    this.role = role;
  }

  /** Opens a store on a new schema. */
  S open() {
    String schema = database.newSchema();
    return opened(database.open(schema), schema);
  }

  /** Opens a store on a new schema that no thread of its own tells of news, so that its listeners have one caller. */
  S openAlone() {
    String schema = database.newSchema();
    return opened(database.openUnhearing(schema), schema);
  }

  /** Opens one more store on the schema of an earlier one. */
  S another(S earlier) {
    return another(earlier, true);
  }

  /** Opens one more store on the schema of an earlier one, which hints and looks reach or not. */
  S another(S earlier, boolean signals) {
    String schema = storeOf(earlier).schema();
    return opened(signals ? database.open(schema) : database.openUnhearing(schema), schema);
  }

  /** Closes a store and opens it again alone. */
  S restarted(S earlier) {
    close(earlier);
    return another(earlier, false);
  }

  private S opened(PostgresStore store, String schema) {
    S opened = role.apply(store);
    stores.put(opened, new Store(store, schema));
    return opened;
  }

  private Store storeOf(S opened) {
    Store store = stores.get(opened);
    if (store == null) {
      throw new IllegalArgumentException("this store was opened elsewhere");
    }
    return store;
  }

  /** Closes a store. */
  void close(S opened) {
    storeOf(opened).store().close();
  }
}
