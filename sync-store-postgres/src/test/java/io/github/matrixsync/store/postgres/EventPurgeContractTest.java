package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.tck.PurgeableEventStoreTck;
import org.junit.jupiter.api.AfterAll;

/** The contract of event stores that can be purged. */
class EventPurgeContractTest extends PurgeableEventStoreTck<PostgresEventStore> {
  private static final TestDatabase DATABASE = new TestDatabase();

  private final Opened<PostgresEventStore> opened = new Opened<>(DATABASE, PostgresStore::events);

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Override
  protected PostgresEventStore open() {
    return opened.open();
  }

  @Override
  protected void close(PostgresEventStore store) {
    opened.close(store);
  }
}
