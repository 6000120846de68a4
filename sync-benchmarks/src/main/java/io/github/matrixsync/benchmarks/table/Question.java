package io.github.matrixsync.benchmarks.table;

import java.util.List;

/** A benchmark: it measures a figure beside its floor, and checks every answer that it times. */
public interface Question {
  /** Returns its name on the command line: lower case, words joined by hyphens. */
  String name();

  /** Returns the heap that it needs at full size, in GiB. */
  default int heap() {
    return 2;
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException if an answer was wrong
   */
  List<Row> rows(Size size) throws Exception;
}
