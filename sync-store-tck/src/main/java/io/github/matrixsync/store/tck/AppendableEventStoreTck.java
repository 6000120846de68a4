package io.github.matrixsync.store.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.rules.append.AppendFailureRules;
import io.github.matrixsync.store.tck.rules.append.AppendRules;
import io.github.matrixsync.store.tck.rules.append.BackfillRules;
import io.github.matrixsync.store.tck.rules.append.ConcurrentRules;
import io.github.matrixsync.store.tck.rules.append.OutlierRules;
import io.github.matrixsync.store.tck.rules.append.ResolvedStateRules;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.PausingList;
import java.util.ArrayList;
import java.util.List;

/**
 * The contract of an {@link AppendableEventStore}: all of {@link EventStoreTck}, the rules A and K, and what the other
 * rules require for outliers, backfill and concurrent writers.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class AppendableEventStoreTck<S extends AppendableEventStore>
    extends EventStoreTck<S>
    implements AppendRules,
        AppendFailureRules,
        OutlierRules,
        ResolvedStateRules,
        BackfillRules,
        ConcurrentRules {
  /** For subclasses. */
  protected AppendableEventStoreTck() {}

  @Override
  public final AppendableEventStore tested() {
    return recorded(AppendableEventStore.class);
  }

  @Override
  public final List<Long> fill(List<RoomEvent> events, Runnable beforeCommit) {
    return appendAfter(beforeCommit, events.stream().map(Append::live).toList());
  }

  @Override
  public final void fillAndRollBack(List<RoomEvent> events) {
    appendAndRollBack(events.stream().map(Append::live).toList());
  }

  /**
   * Appends a batch and runs {@code pause} once while doing so: as late as the store allows before the batch can be
   * read, ideally when its positions are taken but not committed. Called by several threads. Unless overridden,
   * {@code pause} runs when the store first looks into the batch.
   *
   * @return the positions
   */
  @Override
  public List<Long> appendAfter(Runnable pause, List<Append> batch) {
    return store().append(new PausingList<>(batch, pause));
  }

  /**
   * Appends a batch in such a way that it fails and is rolled back: as late as the store allows, ideally when its
   * positions are taken and its rows are written. Called by several threads. Unless overridden, the batch ends with a
   * state entry that names an unknown event, which a store refuses.
   */
  @Override
  public void appendAndRollBack(List<Append> batch) {
    List<Append> refused = new ArrayList<>(batch);
    refused.add(Events.resolving("refused", Events.entry(Events.TOPIC, "", "nowhere")));
    assertThatThrownBy(() -> store().append(refused)).isInstanceOf(IllegalArgumentException.class);
  }
}
