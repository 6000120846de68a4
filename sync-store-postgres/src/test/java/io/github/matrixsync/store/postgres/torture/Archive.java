package io.github.matrixsync.store.postgres.torture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was ever committed to the table of events, purged or not: a trigger copies each row in the same
 * transaction. Its primary key shows a position that is given twice. This is the log from position 1 up, in memory.
 * Immutable.
 */
final class Archive {
  /** The schema of the run's own tables. */
  static final String SCHEMA = "torture";

  /**
   * One event of the log.
   *
   * @param at when it was inserted, in milliseconds since the epoch
   */
  // More than five parameters: one for each column that the comparison needs.
  record Entry(
      long position,
      int hash,
      boolean isOutlier,
      String room,
      String sender,
      @Nullable String subject,
      boolean isJoin,
      long at) {}

  private final List<Entry> entries;

  private Archive(List<Entry> entries) {
    this.entries = entries;
  }

  /** Returns the log's events by ascending position. */
  List<Entry> entries() {
    return entries;
  }

  /** Makes the run's own tables, and the trigger on the table of events. */
  static void create(Server server) throws SQLException {
    server.execute("""
        CREATE SCHEMA torture;
        CREATE TABLE torture.archive AS
          SELECT position, kind, room_id, sender, subject, id, type, state_key, redacts, membership, replaces
          FROM matrix_sync.event;
        ALTER TABLE torture.archive ADD PRIMARY KEY (position);
        ALTER TABLE torture.archive ADD at bigint DEFAULT extract(epoch FROM clock_timestamp()) * 1000;
        CREATE TABLE torture.host_row (batch text PRIMARY KEY);
        CREATE TABLE torture.claim (status text, kind smallint, id text, position bigint);
        CREATE SEQUENCE torture.position;
        CREATE FUNCTION torture.copy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO torture.archive
            SELECT position, kind, room_id, sender, subject, id, type, state_key, redacts, membership, replaces
            FROM added;
          RETURN NULL;
        END $$;
        CREATE TRIGGER copy AFTER INSERT ON matrix_sync.event REFERENCING NEW TABLE AS added
          FOR EACH STATEMENT EXECUTE FUNCTION torture.copy();
        """);
  }

  /** Reads all of it. */
  static Archive read(Server server) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(10_000);
      try (ResultSet row = statement.executeQuery("""
          SELECT position, kind, room_id, sender, subject, id, replaces, membership, at FROM torture.archive
          WHERE position > 0 ORDER BY position""")) {
        while (row.next()) {
          entries.add(entry(row, names));
        }
      }
    }
    return new Archive(entries);
  }

  private static Entry entry(ResultSet row, Map<String, String> names) throws SQLException {
    String subject = row.getString(5);
    return new Entry(
        row.getLong(1),
        hash(row.getString(6), row.getInt(2), row.getString(7)),
        row.getInt(2) == 1,
        once(names, row.getString(3)),
        once(names, row.getString(4)),
        subject == null ? null : once(names, subject),
        subject != null && row.getInt(8) == 0,
        row.getLong(9));
  }

  private static String once(Map<String, String> names, String name) {
    return names.computeIfAbsent(name, same -> same);
  }

  /** Returns what a reader notes of an event that it got. */
  static int hash(String id, int kind, @Nullable String replaces) {
    return Objects.hash(id, kind, replaces == null ? "" : replaces);
  }
}
