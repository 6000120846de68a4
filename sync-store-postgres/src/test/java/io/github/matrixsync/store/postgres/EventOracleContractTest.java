package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.tck.EventStoreOracleTck;
import org.junit.jupiter.api.AfterAll;

/** Random histories. The property {@code oracle.histories} sets how many. */
class EventOracleContractTest extends EventStoreOracleTck<PostgresEventStore> {
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

  @Override
  protected int histories() {
    return Integer.getInteger("oracle.histories", 5);
  }
}
