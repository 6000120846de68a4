package io.github.matrixsync.store.tck;

import java.util.Collection;
import java.util.stream.Stream;

/** All event stores that break a rule. */
final class BrokenStores {
  private BrokenStores() {}

  static Stream<BrokenStore> all() {
    return Stream.of(
            BrokenStreams.ALL,
            BrokenAppends.ALL,
            BrokenReads.ALL,
            BrokenAnswers.ALL,
            BrokenTables.ALL)
        .flatMap(Collection::stream);
  }

  /** Returns those that a host's own tables are easily read by. */
  static Stream<BrokenStore> readOnly() {
    return BrokenTables.ALL.stream();
  }
}
