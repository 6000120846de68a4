package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.schema.Migrations;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Stores on one PostgreSQL, for any number of nodes. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PostgresStore implements AutoCloseable {
  private final EventRole events;

  private PostgresStore(Builder builder) {
    Schema schema = new Schema(builder.schema);
    Database database = new Database(builder.dataSource);
    new Migrations(schema).require(database);
    Heads heads = new Heads(database, schema);
    heads.look();
    events = new EventRole(database, schema, heads, new Hints());
  }

  /** Returns a builder of a store on this data source, which the host owns and closes after the store. */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /** Returns the room events. */
  public PostgresEventStore events() {
    return events;
  }

  /** Ends all stores. Closing again does nothing. */
  @Override
  public void close() {
    events.close();
  }

  /**
   * Builds a store. Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final DataSource dataSource;
    private String schema = PostgresSchema.DEFAULT_NAME;

    private Builder(DataSource dataSource) {
      this.dataSource = Objects.requireNonNull(dataSource, "data source");
    }

    /** Sets the schema that has the tables; {@link PostgresSchema#DEFAULT_NAME} if never set. */
    public Builder schema(String name) {
      schema = Objects.requireNonNull(name, "schema");
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws StoreException if the database cannot be read, or its tables are older or newer than this library
     */
    public PostgresStore open() {
      return new PostgresStore(this);
    }
  }
}
