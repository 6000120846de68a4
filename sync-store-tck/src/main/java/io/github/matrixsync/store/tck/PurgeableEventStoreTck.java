package io.github.matrixsync.store.tck;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.PurgeableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.rules.event.PurgeRules;
import java.util.List;

/**
 * The contract of an event store that can drop the beginning of its log: the rule R2, and the other rules after a
 * purge.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class PurgeableEventStoreTck<S extends AppendableEventStore & PurgeableEventStore>
    extends EventStoreBase<S> implements PurgeRules {
  /** For subclasses. */
  protected PurgeableEventStoreTck() {}

  /** Returns a new, empty store. Called before every test; the test closes it. */
  @Override
  protected abstract S open();

  @Override
  public final AppendableEventStore tested() {
    return recorded(AppendableEventStore.class);
  }

  @Override
  public final List<Long> fill(List<RoomEvent> events) {
    return tested().append(events.stream().map(Append::live).toList());
  }

  @Override
  public final List<Long> append(List<Append> batch) {
    return tested().append(batch);
  }

  @Override
  public final void purge(long through) {
    store().purge(through);
  }
}
