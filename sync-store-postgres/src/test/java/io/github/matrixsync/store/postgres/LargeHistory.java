package io.github.matrixsync.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A large history, made by sets in a new schema.
 *
 * @param rooms how many rooms take turns
 * @param users how many users there are besides {@code @u0:large}
 * @param members how many users each room has
 * @param joined in how many rooms {@code @u0:large} is
 * @param events how many events there are in all
 */
record LargeHistory(int rooms, int users, int members, int joined, long events) {
  /** The tables that are filled. */
  static final List<String> TABLES = List.of(
      "event",
      "state_entry",
      "member",
      "room",
      "timeline_gap",
      "to_device_message",
      "to_device_inbox",
      "device_list",
      "unread_count");

  /** Fills the empty tables of a schema. Nothing is analyzed, and nothing will be by itself. */
  void fill(DataSource source, String schema) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(
            "ALTER TABLE " + schema + "." + table + " SET (autovacuum_enabled = false)");
      }
      statement.execute(script("large_history.sql", schema));
      statement.execute(script("large_small_stores.sql", schema));
    }
  }

  private String script(String file, String schema) {
    try (InputStream in = Objects.requireNonNull(LargeHistory.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${schema}", schema)
          .replace("${rooms}", Integer.toString(rooms))
          .replace("${users}", Integer.toString(users))
          .replace("${members}", Integer.toString(members))
          .replace("${joined}", Integer.toString(joined))
          .replace("${events}", Long.toString(events));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
