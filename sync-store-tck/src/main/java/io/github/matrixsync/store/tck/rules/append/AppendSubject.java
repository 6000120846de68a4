package io.github.matrixsync.store.tck.rules.append;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.rules.writer.WriterSubject;
import java.util.Arrays;
import java.util.List;

/** What the rules of appending need of the class that runs them. */
interface AppendSubject extends WriterSubject {
  @Override
  AppendableEventStore store();

  @Override
  AppendableEventStore tested();

  /** Appends a batch, and runs {@code pause} as late as the store allows before the batch can be read. */
  List<Long> appendAfter(Runnable pause, List<Append> batch);

  /** Tries to append a batch in such a way that it fails, and is rolled back, as late as the store allows. */
  void appendAndRollBack(List<Append> batch);

  /** Appends events as live ones. */
  default List<Long> live(RoomEvent... events) {
    return tested().append(Arrays.stream(events).map(Append::live).toList());
  }
}
