package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.schema.Migrations;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.write.TransactionSettings;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The tables of a {@link PostgresStore}, made by numbered SQL files. A host that has Flyway or Liquibase runs {@link
 * #files()} with it and gives the schema's name as the placeholder {@code schema}; one without calls {@link #migrate}.
 *
 * @since 0.1.0
 */
public final class PostgresSchema {
  /** The schema that is used if none is named. */
  public static final String DEFAULT_NAME = "matrix_sync";

  private PostgresSchema() {}

  /** Returns the SQL files in their order, as paths on the class path. */
  public static List<String> files() {
    return Migrations.FILES.stream()
        .map(file -> Migrations.DIRECTORY + "/" + file)
        .toList();
  }

  /** Brings the tables of the default schema up to date, as {@link #migrate(DataSource, String)} does. */
  public static void migrate(DataSource dataSource) {
    migrate(dataSource, DEFAULT_NAME);
  }

  /**
   * Brings the tables of a schema up to date, and makes the schema if there is none. Does nothing if they are; many
   * nodes may call it at once.
   *
   * @param name 1 to 40 of {@code a-z}, {@code 0-9} and {@code _}, not beginning with a digit
   * @throws IllegalArgumentException if {@code name} has other characters or is too long
   * @throws StoreException if a file failed, or the tables are newer than this library
   */
  public static void migrate(DataSource dataSource, String name) {
    new Migrations(new Schema(name)).run(new Database(dataSource, Database.UNLIMITED));
  }

  /**
   * Has each stream leave out 1,000,000 positions with its next write, so that positions that were given out after a
   * backup was made are not given out again. For a database that was restored from a copy of its files, or from a dump
   * into the same server. After a failover, a recovery from an archive, and a restore from a dump into another server
   * this happens by itself.
   *
   * @param name the schema's name
   * @throws StoreException if writing failed
   */
  public static void jumpPositions(DataSource dataSource, String name) {
    Schema schema = new Schema(name);
    try {
      new Database(dataSource).transaction(connection -> {
        TransactionSettings.own()
            .add(schema.sql("UPDATE @stream SET timeline = 'jump' WHERE cluster IS NOT NULL"))
            .add("COMMIT")
            .execute(connection)
            .close();
        return true;
      });
    } catch (SQLException e) {
      throw Failures.failed("asking for a jump of positions", e);
    }
  }
}
