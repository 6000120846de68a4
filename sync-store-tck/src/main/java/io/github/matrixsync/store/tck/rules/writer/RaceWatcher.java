package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.store.PositionedStream;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the watermark on behalf of several threads that tell each other what they saw. Thread-safe. */
final class RaceWatcher implements Race.Observer {
  private final PositionedStream store;
  private final AtomicLong told = new AtomicLong();
  private final Queue<String> falls = new ConcurrentLinkedQueue<>();

  RaceWatcher(PositionedStream store) {
    this.store = store;
  }

  @Override
  public void look() {
    long before = told.get();
    long now = store.watermark();
    if (now < before) {
      falls.add("from " + before + " to " + now);
    }
    told.accumulateAndGet(now, Math::max);
  }

  /** Returns each time that the watermark was below what a thread had been told. */
  Collection<String> falls() {
    return falls;
  }
}
