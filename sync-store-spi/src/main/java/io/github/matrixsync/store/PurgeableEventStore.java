package io.github.matrixsync.store;

/**
 * An event store that can drop the beginning of its log. The host purges; the engine never does.
 *
 * @since 0.1.0
 */
public interface PurgeableEventStore extends EventStore {
  /**
   * Drops the log up to and including {@code through}, and moves {@link #retainedAfter()} there. State, memberships and
   * timelines stay exact at every position. Events that never set a state entry are removed from every read, all others
   * only from the log (rules R2, R3). Does nothing if that part was purged already. May block.
   *
   * @param through at most the watermark of this instance
   * @throws StoreException if purging failed
   */
  void purge(long through);
}
