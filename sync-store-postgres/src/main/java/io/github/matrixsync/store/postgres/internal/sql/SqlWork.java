package io.github.matrixsync.store.postgres.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work on a connection.
 *
 * @param <R> its result
 */
@FunctionalInterface
public interface SqlWork<R> {
  /** Does the work. */
  R on(Connection connection) throws SQLException;
}
