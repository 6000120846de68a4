package io.github.matrixsync.benchmarks.postgres;

import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.util.List;

/** A benchmark of the PostgreSQL store. */
interface StoreLoad {
  /** Returns its name on the command line. */
  String name();

  /**
   * Measures.
   *
   * @throws IllegalStateException if an answer was wrong
   */
  List<Row> rows(PostgresServer server, Size size) throws Exception;
}
