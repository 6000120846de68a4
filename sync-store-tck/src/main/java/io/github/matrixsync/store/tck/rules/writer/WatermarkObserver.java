package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.store.PositionedStream;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Checks that the watermark never falls, for several threads that share the highest value they saw. Thread-safe. */
final class WatermarkObserver implements WriterRace.Observer {
  private final PositionedStream store;
  private final AtomicLong told = new AtomicLong();
  private final Queue<String> falls = new ConcurrentLinkedQueue<>();

  WatermarkObserver(PositionedStream store) {
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

  /** Returns each watermark that was below one seen before. */
  Collection<String> falls() {
    return falls;
  }
}
