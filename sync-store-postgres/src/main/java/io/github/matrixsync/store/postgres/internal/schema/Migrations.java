package io.github.matrixsync.store.postgres.internal.schema;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The numbered SQL files that make the tables. Each is run in a transaction, under a lock by which many nodes may start
 * at once. Thread-safe.
 */
public final class Migrations {
  /** The directory of the files on the class path. */
  public static final String DIRECTORY = "io/github/matrixsync/store/postgres/migration";

  /** The files in their order; the number of a file is the version that it makes. */
  public static final List<String> FILES =
      List.of("V001__streams_and_events.sql", "V002__small_stores.sql", "V003__sync.sql");

  private static final long LOCK = 0x4D61_7472_6978L;

  private final Schema schema;

  public Migrations(Schema schema) {
    this.schema = schema;
  }

  /**
   * Runs the files that were not run yet.
   *
   * @throws StoreException if one failed, or the tables are newer than this library
   */
  public void run(Database database) {
    try {
      boolean isMoreLeft = true;
      while (isMoreLeft) {
        isMoreLeft = database.transaction(this::runNext);
      }
    } catch (SQLException e) {
      throw Failures.failed("migrating schema " + schema.name(), e);
    }
  }

  /**
   * Checks that the tables are those of this library.
   *
   * @throws StoreException if they are older or newer, or there are none
   */
  public void require(Database database) {
    int version = database.read("reading the version of schema " + schema.name(), this::version);
    if (version < FILES.size()) {
      throw StoreException.failed(
          "schema " + schema.name() + " lacks " + files(version) + " of " + DIRECTORY
              + "; see PostgresSchema.migrate",
          null);
    }
    requireNotNewer(version);
  }

  private void requireNotNewer(int version) {
    if (version > FILES.size()) {
      throw StoreException.failed(
          "schema " + schema.name() + " has version " + version
              + ", but this library knows versions up to " + FILES.size() + " alone, that of "
              + FILES.get(FILES.size() - 1),
          null);
    }
  }

  private static String files(int version) {
    return FILES.subList(version, FILES.size()).stream().collect(Collectors.joining(", "));
  }

  private boolean runNext(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      int version = version(connection);
      requireNotNewer(version);
      if (version == FILES.size()) {
        return false;
      }
      statement.execute(text(FILES.get(version)));
      connection.commit();
      return true;
    }
  }

  /** Returns the version of the tables, 0 if there are none. */
  private int version(Connection connection) throws SQLException {
    String table = "\"" + schema.name() + "\".schema_version";
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
        row.next();
        if (!row.getBoolean(1)) {
          return 0;
        }
      }
      try (ResultSet row =
          statement.executeQuery("SELECT coalesce(max(version), 0) FROM " + table)) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private String text(String file) {
    try (InputStream in =
        Migrations.class.getClassLoader().getResourceAsStream(DIRECTORY + "/" + file)) {
      if (in == null) {
        throw new IllegalStateException(DIRECTORY + "/" + file + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${schema}", schema.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
