package io.github.matrixsync.store.tck.broken;

import java.util.Collection;
import java.util.stream.Stream;

/** All event stores that break a rule. */
public final class BrokenStores {
  private BrokenStores() {}

  public static Stream<BrokenStore> all() {
    return Stream.of(
            BrokenStreams.ALL,
            BrokenAppends.ALL,
            BrokenReads.ALL,
            BrokenAnswers.ALL,
            BrokenTables.ALL)
        .flatMap(Collection::stream);
  }

  /** Returns those that a host's own tables are easily read by. */
  public static Stream<BrokenStore> readOnly() {
    return BrokenTables.ALL.stream();
  }
}
