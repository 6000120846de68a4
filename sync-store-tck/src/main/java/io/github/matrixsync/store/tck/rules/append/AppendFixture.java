package io.github.matrixsync.store.tck.rules.append;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.rules.writer.WriterFixture;
import java.util.Arrays;
import java.util.List;

/** What the tests of appending need: a store and two ways to append. */
interface AppendFixture extends WriterFixture {
  @Override
  AppendableEventStore store();

  @Override
  AppendableEventStore tested();

  /** Appends a batch, and runs {@code pause} as late as the store allows before the batch can be read. */
  List<Long> appendAfter(Runnable pause, List<Append> batch);

  /** Appends a batch so that it fails and is rolled back as late as the store allows. */
  void appendAndRollBack(List<Append> batch);

  /** Appends live events. */
  default List<Long> live(RoomEvent... events) {
    return tested().append(Arrays.stream(events).map(Append::live).toList());
  }
}
