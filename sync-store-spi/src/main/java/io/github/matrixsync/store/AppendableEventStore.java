package io.github.matrixsync.store;

import io.github.matrixsync.store.model.Append;
import java.util.List;

/**
 * An event store to which events are appended through this library. The host appends; the engine never does.
 *
 * @since 0.1.0
 */
public interface AppendableEventStore extends EventStore {
  /**
   * Stores a batch, all of it or nothing; its new live events and outliers take ascending positions, with nothing of
   * another append between them (rules A1 to A5). When it returns, the events are readable on this node. May block.
   *
   * @param batch in the order in which the events take effect; may be empty
   * @return the positions, in the order of the batch; for an event that was known already, the position it has
   * @throws IllegalArgumentException if a state entry names an unknown event or one that does not fit it; nothing is
   *     stored
   * @throws StoreException if storing failed; it says whether the outcome is known
   */
  List<Long> append(List<Append> batch);
}
