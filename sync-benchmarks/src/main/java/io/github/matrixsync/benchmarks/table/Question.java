package io.github.matrixsync.benchmarks.table;

import java.util.List;

/** Something to be measured, with its floor. Every answer that is timed is also checked. */
public interface Question {
  /** Returns by what name the command line asks for it: lower case, words joined by hyphens. */
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
