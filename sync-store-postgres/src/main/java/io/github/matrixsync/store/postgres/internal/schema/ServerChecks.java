package io.github.matrixsync.store.postgres.internal.schema;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the server what the store depends on: its version, rights and settings, and who holds a lock. Thread-safe. */
public final class ServerChecks {
  private static final int OLDEST = 15;

  private final Schema schema;
  private final String requirements;
  private final String holders;

  /**
   * A session that holds the lock of a stream.
   *
   * @param stream the stream's name
   * @param pid the server's process
   * @param application the name that its application gave itself, if it may be seen
   * @param age for how long its transaction has been open
   */
  public record Holder(String stream, int pid, Optional<String> application, Duration age) {}

  public ServerChecks(Schema schema) {
    this.schema = schema;
    String name = schema.name();
    requirements = """
        SELECT current_setting('server_version_num')::integer / 10000, pg_is_in_recovery(),
          ARRAY(SELECT c.relname || ' ' || p.privilege
            FROM pg_class c CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p (privilege)
            WHERE c.relnamespace = '"%1$s"'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_version'
              AND NOT has_table_privilege(c.oid, p.privilege) ORDER BY 1),
          ARRAY(SELECT name FROM unnest(ARRAY['fsync', 'full_page_writes']) s (name)
            WHERE current_setting(name) = 'off')""".formatted(name);
    holders = schema.sql("""
        SELECT s.name, l.pid, nullif(a.application_name, ''),
          coalesce(extract(epoch FROM clock_timestamp() - a.xact_start), 0) * 1000
        FROM pg_locks l JOIN @stream s ON s.number = l.objid::bigint
        LEFT JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = '"%s"'::regnamespace
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (a.xact_start IS NULL OR a.xact_start < clock_timestamp() - interval '500 ms')""".formatted(name));
  }

  /**
   * Checks that the server can have the store.
   *
   * @return the settings of the server by which a crash can lose what was acknowledged
   * @throws StoreException if the server is too old or a standby, or rights are missing; it names them
   */
  public List<String> require(Database database) {
    return database.read("checking the server", this::require);
  }

  private List<String> require(Connection connection) throws SQLException {
    try (Results results = new Statements(requirements).execute(connection)) {
      ResultSet row = results.next();
      row.next();
      if (row.getInt(1) < OLDEST) {
        throw refused(
            "the server is PostgreSQL " + row.getInt(1) + ", needed is " + OLDEST + " or later");
      }
      if (row.getBoolean(2)) {
        throw refused("the server is a standby, to which nothing can be written");
      }
      List<String> missing = texts(row, 3);
      if (!missing.isEmpty()) {
        throw refused(
            "rights are missing on schema " + schema.name() + ": " + String.join(", ", missing));
      }
      return texts(row, 4).stream()
          .map(setting ->
              setting + " is off: a crash of the server can lose events and give positions twice")
          .toList();
    }
  }

  private static StoreException refused(String why) {
    return StoreException.failed(why, null);
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Object text : (Object[]) row.getArray(column).getArray()) {
      texts.add(String.valueOf(text));
    }
    return texts;
  }

  /**
   * Returns the sessions that hold a lock of the store for longer than an append takes.
   *
   * @throws StoreException if reading failed
   */
  public List<Holder> lockHolders(Database database) {
    return database.read("looking for lock holders", connection -> {
      List<Holder> found = new ArrayList<>();
      try (Results results = new Statements(holders).execute(connection)) {
        ResultSet row = results.next();
        while (row.next()) {
          found.add(new Holder(
              row.getString(1),
              row.getInt(2),
              Optional.ofNullable(row.getString(3)),
              Duration.ofMillis(row.getLong(4))));
        }
      }
      return found;
    });
  }
}
