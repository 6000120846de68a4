package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.tck.SharedPurgeableEventStoreTck;
import org.junit.jupiter.api.AfterAll;

/** The contract of event stores that one node purges while another reads. */
class EventSharedPurgeContractTest extends SharedPurgeableEventStoreTck<PostgresEventStore> {
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
  protected PostgresEventStore another(PostgresEventStore open, boolean signals) {
    return opened.another(open, signals);
  }

  @Override
  protected void close(PostgresEventStore store) {
    opened.close(store);
  }
}
