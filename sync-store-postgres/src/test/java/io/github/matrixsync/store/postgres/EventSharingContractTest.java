package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.SharedEventStoreTck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The contract of event stores that several nodes have open. */
class EventSharingContractTest extends SharedEventStoreTck<PostgresEventStore> {
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

  /** Pauses between the rows and the commit. */
  @Override
  protected List<Long> append(PostgresEventStore on, Runnable beforeCommit, List<Append> batch) {
    try (Connection connection = DATABASE.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      List<Long> positions = on.append(connection, batch);
      Sessions.keepOpen(connection);
      beforeCommit.run();
      connection.commit();
      on.committed();
      return positions;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected void close(PostgresEventStore store) {
    opened.close(store);
  }
}
