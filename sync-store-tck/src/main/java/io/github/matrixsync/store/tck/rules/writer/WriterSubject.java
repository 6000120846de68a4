package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.tck.rules.event.EventStoreSubject;
import java.util.List;

/** What the rules of several writers need of the class that runs them. */
public interface WriterSubject extends EventStoreSubject {
  /**
   * Has the store hold new events as {@link #fill(List)} does, and runs {@code beforeCommit} once, as late as the store
   * allows before they are committed. If that throws, nothing is stored, and what it threw goes to the caller.
   *
   * @return their positions
   */
  List<Long> fill(List<RoomEvent> events, Runnable beforeCommit);

  /** Begins to fill in events, and has that rolled back right before it is committed. */
  default void fillAndRollBack(List<RoomEvent> events) {
    try {
      fill(events, WriterSubject::rollBack);
    } catch (RuntimeException rolledBack) {
      return;
    }
    throw new AssertionError("fill returned although beforeCommit threw: it is to roll back");
  }

  private static void rollBack() {
    throw new IllegalStateException("roll back");
  }
}
