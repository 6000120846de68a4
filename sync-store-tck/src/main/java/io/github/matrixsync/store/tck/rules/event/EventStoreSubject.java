package io.github.matrixsync.store.tck.rules.event;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.tck.rules.stream.StreamSubject;
import java.util.List;

/** What the rules of an event store need of the class that runs them. */
public interface EventStoreSubject extends StreamSubject {
  @Override
  EventStore store();

  @Override
  EventStore tested();

  /** Returns the position before all events. */
  long start();

  /**
   * Has the store hold new events, each as a live one that sets its own state entry if it has one.
   *
   * @return their positions
   */
  List<Long> fill(List<RoomEvent> events);

  /** Fills in events and returns their positions. */
  default List<Long> fill(RoomEvent... events) {
    return fill(List.of(events));
  }
}
