package io.github.matrixsync.internal.room;

import io.github.matrixsync.store.EventStore;
import java.util.function.LongConsumer;

/**
 * Gives access to the event store during one look, if the look may block. A look that may not block uses what is in
 * memory, and ends with a {@link ReadNeededException} at the first read that it needs.
 */
public final class StoreReads {
  private final EventStore events;
  private final boolean mayBlock;
  private final LongConsumer counter;

  /** Creates the reads of a poll's look. */
  public StoreReads(EventStore events, boolean mayBlock) {
    this(events, mayBlock, bytes -> {});
  }

  /**
   * Creates the reads of an answer that has everything.
   *
   * @param counter gets the number of bytes read; an exception it throws ends the reading
   */
  public StoreReads(EventStore events, LongConsumer counter) {
    this(events, true, counter);
  }

  private StoreReads(EventStore events, boolean mayBlock, LongConsumer counter) {
    this.events = events;
    this.mayBlock = mayBlock;
    this.counter = counter;
  }

  /** Counts bytes that the answer refers to. */
  void count(long bytes) {
    counter.accept(bytes);
  }

  /**
   * Returns the store.
   *
   * @throws ReadNeededException if the look may not block
   */
  public EventStore events() {
    require();
    return events;
  }

  /**
   * Checks that something that may read a store may be called.
   *
   * @throws ReadNeededException if the look may not block
   */
  public void require() {
    if (!mayBlock) {
      throw ReadNeededException.INSTANCE;
    }
  }

  /** Returns whether events after a position may have been purged. Does no I/O. */
  boolean isPurgedAfter(long position) {
    return position < events.retainedAfter();
  }

  public boolean mayBlock() {
    return mayBlock;
  }
}
