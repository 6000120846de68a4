package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** What a test does to a server and its sessions besides the store. */
final class Sessions {
  private static final int ATTEMPTS = 3_000;

  private final DataSource source;

  Sessions(DataSource source) {
    this.source = source;
  }

  /** Waits until something is so; fails after a minute. */
  static void await(String what, BooleanSupplier isSo) {
    boolean isSoNow = isSo.getAsBoolean();
    for (int i = 0; i < ATTEMPTS && !isSoNow; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      isSoNow = isSo.getAsBoolean();
    }
    assertThat(isSoNow).as(what).isTrue();
  }

  /**
   * Has a transaction in which the store appended stay open until the test ends it. Without this the server ends it if
   * the test stands still for longer than the store lets a transaction be idle.
   */
  static void keepOpen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    }
  }

  /** Runs statements. */
  void execute(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a query's one number, 0 if there is none. */
  long number(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a query's one text. */
  String text(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for a session that holds, or waits for, the lock of a schema's events. Returns its process. */
  long awaitLock(String schema, boolean isGranted) {
    String sql =
        "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND objsubid = 2 AND granted = "
            + isGranted + " AND classid = '\"" + schema + "\"'::regnamespace";
    await(isGranted ? "the lock is held" : "the lock is waited for", () -> number(sql) != 0);
    return number(sql);
  }

  /** Ends a session. */
  void terminate(long process) {
    execute("SELECT pg_terminate_backend(" + process + ")");
  }

  /** Has the commit of every transaction that appends events do something first. */
  void atCommit(String schema, String plpgsql) {
    trigger(schema, plpgsql);
    execute("CREATE CONSTRAINT TRIGGER fault AFTER INSERT ON " + schema
        + ".event DEFERRABLE INITIALLY DEFERRED" + " FOR EACH ROW EXECUTE FUNCTION " + schema
        + ".fault()");
  }

  /** Has every append of an event do something first. */
  void atInsert(String schema, String plpgsql) {
    trigger(schema, plpgsql);
    execute("CREATE TRIGGER fault BEFORE INSERT ON " + schema
        + ".event FOR EACH ROW EXECUTE FUNCTION " + schema + ".fault()");
  }

  private void trigger(String schema, String plpgsql) {
    execute("CREATE OR REPLACE FUNCTION " + schema
        + ".fault() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN " + plpgsql
        + "; RETURN NEW; END$$");
  }

  /** Removes what the other methods added to a schema. */
  void mend(String schema) {
    execute("DROP TRIGGER fault ON " + schema + ".event");
  }
}
