package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.AppendableEventStoreTck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The contract of event stores. */
class EventContractTest extends AppendableEventStoreTck<PostgresEventStore> {
  private static final TestDatabase DATABASE = new TestDatabase();

  private final Opened<PostgresEventStore> opened = new Opened<>(DATABASE, PostgresStore::events);

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Override
  protected PostgresEventStore open() {
    DATABASE.mend();
    return opened.openAlone();
  }

  @Override
  protected void close(PostgresEventStore store) {
    opened.close(store);
  }

  /** Pauses between the rows and the commit. */
  @Override
  public List<Long> appendAfter(Runnable pause, List<Append> batch) {
    try (Connection connection = DATABASE.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      List<Long> positions = store().append(connection, batch);
      Sessions.keepOpen(connection);
      pause.run();
      connection.commit();
      store().committed();
      return positions;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rolls back when the rows are written. */
  @Override
  public void appendAndRollBack(List<Append> batch) {
    try (Connection connection = DATABASE.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      store().append(connection, batch);
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void failStorage() {
    DATABASE.fail();
  }

  @Override
  public void mendStorage() {
    DATABASE.mend();
  }
}
