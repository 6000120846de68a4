package io.github.matrixsync.store.postgres.internal.settings;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.SqlWork;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.write.TransactionSettings;
import io.github.matrixsync.store.postgres.internal.write.WriteTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The published rooms and the aliases of rooms on PostgreSQL. Reads are of the server that takes writes: a standby,
 * which may lag, is refused. Thread-safe.
 */
public final class DirectoryRole implements SettableRoomDirectory {
  /** The number of the directory's lock, far above those of the streams. */
  private static final int LOCK = 64;

  private static final String READING = "reading the directory";

  private final Database database;
  private final Schema schema;
  private final WriteTransaction transaction;
  private final String lock;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Opens the role. */
  public DirectoryRole(Database database, Schema schema) {
    this.database = database;
    this.schema = schema;
    lock = WriteTransaction.lock(schema, LOCK);
    transaction = new WriteTransaction(database, lock, "setting the directory");
  }

  @Override
  public Set<RoomId> published(Collection<RoomId> rooms) {
    requireOpen();
    return rooms.isEmpty()
        ? Set.of()
        : rooms(
            "SELECT room, '' FROM @published_room WHERE room = ANY (?)",
            texts(Set.copyOf(rooms), RoomId::value));
  }

  @Override
  public Set<RoomId> published() {
    requireOpen();
    return rooms("SELECT room, '' FROM @published_room");
  }

  private Set<RoomId> rooms(String query, Object... parameters) {
    Set<RoomId> found = new HashSet<>();
    read(query, row -> found.add(RoomId.parse(row.getString(2))), parameters);
    return Set.copyOf(found);
  }

  @Override
  public Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms) {
    requireOpen();
    Map<RoomId, Set<RoomAlias>> found = new HashMap<>();
    if (!rooms.isEmpty()) {
      read(
          "SELECT room, alias FROM @room_alias WHERE room = ANY (?)",
          row -> found
              .computeIfAbsent(RoomId.parse(row.getString(2)), key -> new HashSet<>())
              .add(RoomAlias.parse(row.getString(3))),
          texts(Set.copyOf(rooms), RoomId::value));
    }
    found.replaceAll((room, aliases) -> Set.copyOf(aliases));
    return Map.copyOf(found);
  }

  @Override
  public Optional<RoomId> resolve(RoomAlias alias) {
    requireOpen();
    return rooms("SELECT room, '' FROM @room_alias WHERE alias = ?", alias.value()).stream()
        .findFirst();
  }

  /** Takes one row. */
  private interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  /** Reads rows of two columns, which are the second and the third of those that are taken. */
  private void read(String query, RowTaker taker, Object... parameters) {
    String sql = schema.sql("SELECT pg_is_in_recovery(), found.* FROM (SELECT 1) one LEFT JOIN ("
        + query + ") found ON true");
    database.read(READING, connection -> {
      try (Results results = new Statements(sql, parameters).execute(connection)) {
        ResultSet row = results.next();
        while (row.next()) {
          if (row.getBoolean(1)) {
            throw new SQLException("the server is a standby, which may lag", "25006");
          }
          if (row.getString(2) != null) {
            taker.take(row);
          }
        }
        return true;
      }
    });
  }

  @Override
  public void setPublished(RoomId room, boolean isPublished) {
    String id = room.value();
    write(
        isPublished
            ? "INSERT INTO @published_room (room) VALUES (?) ON CONFLICT DO NOTHING"
            : "DELETE FROM @published_room WHERE room = ?",
        id,
        statement(
            "SELECT EXISTS (SELECT 1 FROM @published_room WHERE room = ?) = ?", id, isPublished));
  }

  @Override
  public void removeAlias(RoomAlias alias) {
    String text = alias.value();
    write(
        "DELETE FROM @room_alias WHERE alias = ?",
        text,
        statement("SELECT NOT EXISTS (SELECT 1 FROM @room_alias WHERE alias = ?)", text));
  }

  private void write(String sql, String parameter, Statements isSo) {
    run(connection -> {
      locked().execute(connection).close();
      return new DirectoryPlan(
          false, statements -> statements.add(schema.sql(sql), parameter), isSo);
    });
  }

  @Override
  public boolean addAlias(RoomId room, RoomAlias alias) {
    boolean[] isNamed = {false};
    run(connection -> {
      String named = named(connection, alias);
      isNamed[0] = named == null || named.equals(room.value());
      return new DirectoryPlan(
          named != null,
          statements -> statements.add(
              schema.sql("INSERT INTO @room_alias (alias, room) VALUES (?, ?)"),
              alias.value(),
              room.value()),
          statement(
              "SELECT EXISTS (SELECT 1 FROM @room_alias WHERE alias = ? AND room = ?)",
              alias.value(),
              room.value()));
    });
    return isNamed[0];
  }

  /** Takes the lock and returns the room that an alias names. */
  private @Nullable String named(Connection connection, RoomAlias alias) throws SQLException {
    Statements statements =
        locked().add(schema.sql("SELECT room FROM @room_alias WHERE alias = ?"), alias.value());
    try (Results results = statements.execute(connection)) {
      results.next();
      results.next();
      ResultSet row = results.next();
      return row.next() ? row.getString(1) : null;
    }
  }

  @Override
  public void setAliases(RoomId room, Set<RoomAlias> aliases) {
    Set<RoomAlias> wanted = Set.copyOf(aliases);
    Object texts = texts(wanted, RoomAlias::value);
    String id = room.value();
    Statements isSo = statement(
        "SELECT count(*) = ? AND count(*) FILTER (WHERE alias = ANY (?)) = ? FROM @room_alias WHERE room = ?",
        wanted.size(),
        texts,
        wanted.size(),
        id);
    run(connection -> {
      locked().execute(connection).close();
      return new DirectoryPlan(
          false,
          statements -> statements
              .add(
                  schema.sql("DELETE FROM @room_alias WHERE room = ? AND NOT alias = ANY (?)"),
                  id,
                  texts)
              .add(schema.sql("""
                      INSERT INTO @room_alias (alias, room) SELECT alias, ? FROM unnest(?) a (alias)
                      ON CONFLICT (alias) DO UPDATE SET room = excluded.room"""), id, texts),
          isSo);
    });
  }

  private void run(SqlWork<DirectoryPlan> planning) {
    requireOpen();
    transaction.run(planning);
  }

  private Statements locked() {
    return TransactionSettings.own().add(lock);
  }

  private Statements statement(String sql, Object... parameters) {
    return new Statements(schema.sql(sql), parameters);
  }

  /** Refuses every later call. */
  public void close() {
    closed.set(true);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store is closed");
    }
  }
}
