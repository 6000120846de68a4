package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.tck.DurableEventStoreTck;
import org.junit.jupiter.api.AfterAll;

/** The contract of event stores that are closed and opened again. */
class EventDurabilityContractTest extends DurableEventStoreTck<PostgresEventStore> {
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
  protected PostgresEventStore reopen(PostgresEventStore closed) {
    return opened.another(closed);
  }

  @Override
  protected void close(PostgresEventStore store) {
    opened.close(store);
  }
}
