package io.github.matrixsync.store.tck;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.EventStore;
import java.util.List;

/**
 * The contract of an {@link EventStore} that is only read: the rules P, W, L, B, R, S, H, D and X of the package {@code io.github.matrixsync.store}, as far as live events show them. For a store over a host's own tables; one that takes events
 * through this library extends {@link AppendableEventStoreTck}, which has these tests too.
 *
 * @param <S> the store's type
 */
public abstract class EventStoreTck<S extends EventStore> extends EventStoreBase<S>
    implements StreamRules, LogRules, StateRules, HistoryRules, RedactionRules, ResultRules {
  /** Begins the tests of a store. */
  protected EventStoreTck() {}

  /** Returns a new, empty store. Called before every test; the test closes it. */
  @Override
  protected abstract S open();

  /**
   * Has the tables under {@link #store()} hold these new events, in the host's own way, each accepted and in this order; a state event sets its own entry. Returns when they are committed and the watermark covers them (rule W2), so a store that learns of new rows by looking has to look. May be called by several threads.
   *
   * @return the positions that the store gives them, in the order of the events
   */
  @Override
  public abstract List<Long> fill(List<RoomEvent> events);
}
