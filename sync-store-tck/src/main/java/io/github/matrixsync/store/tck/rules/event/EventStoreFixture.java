package io.github.matrixsync.store.tck.rules.event;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.tck.rules.stream.StreamFixture;
import java.util.List;

/** What the tests of an event store need: a store that they can fill. */
public interface EventStoreFixture extends StreamFixture {
  @Override
  EventStore store();

  @Override
  EventStore tested();

  /** Returns the position before all events. */
  long start();

  /**
   * Writes new live events, each of which sets its own state entry if it is a state event.
   *
   * @return their positions
   */
  List<Long> fill(List<RoomEvent> events);

  /** Writes events and returns their positions. */
  default List<Long> fill(RoomEvent... events) {
    return fill(List.of(events));
  }
}
