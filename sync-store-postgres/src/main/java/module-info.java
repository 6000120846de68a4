import org.jspecify.annotations.NullMarked;

/** Stores on PostgreSQL: durable, and shared by any number of nodes. */
@NullMarked
@SuppressWarnings("requires-automatic") // The driver has a module name, but no descriptor.
module io.github.matrixsync.store.postgres {
  requires transitive io.github.matrixsync.spi;
  requires transitive java.sql;
  requires org.postgresql.jdbc;
  requires static org.checkerframework.checker.qual;
  requires static transitive org.jspecify;

  exports io.github.matrixsync.store.postgres;

  opens io.github.matrixsync.store.postgres.migration;
}
