package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.tck.rules.event.EventStoreFixture;
import java.util.List;

/** What the tests of concurrent writers need: a store that they can fill with a pause before the commit. */
public interface WriterFixture extends EventStoreFixture {
  /**
   * Writes new events as {@link #fill(List)} does, and runs {@code beforeCommit} once, as late as the store allows
   * before they are committed. If it throws, nothing is stored, and the exception is rethrown.
   *
   * @return their positions
   */
  List<Long> fill(List<RoomEvent> events, Runnable beforeCommit);

  /** Writes events and rolls them back right before the commit. */
  default void fillAndRollBack(List<RoomEvent> events) {
    try {
      fill(events, WriterFixture::rollBack);
    } catch (RuntimeException rolledBack) {
      return;
    }
    throw new AssertionError("fill returned although beforeCommit threw: it is to roll back");
  }

  private static void rollBack() {
    throw new IllegalStateException("roll back");
  }
}
