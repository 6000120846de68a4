package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.PurgeableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.tck.rules.event.PurgeRules;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract of purging one storage through several instances: one instance purges what another reads, whether or not
 * the other has been told of the purge.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class SharedPurgeableEventStoreTck<
        S extends AppendableEventStore & PurgeableEventStore>
    extends SharedEventStoreBase<S> implements PurgeRules {
  /** For subclasses. */
  protected SharedPurgeableEventStoreTck() {}

  @Override
  public final List<Long> append(List<Append> batch) {
    return tested().append(batch);
  }

  @Override
  public final void purge(long through) {
    withoutSignals().refresh();
    withoutSignals().purge(through);
    store().refresh();
  }

  @Test
  void p1_append_theOtherPurgedEverythingWithoutASignal_positionsAreNotUsedAgain() {
    long end = append(withoutSignals(), message("a"), message("b")).get(1);
    store().purge(store().refresh());

    assertThat(append(withoutSignals(), message("c")).get(0)).isGreaterThan(end);
    store().purge(store().refresh());
    assertThat(append(other(), message("d")).get(0)).isGreaterThan(end + 1);
  }

  @Test
  void r2_log_theOtherPurgedWithoutASignal_isExpiredOrWhole() {
    S unsignaled = withoutSignals();
    List<Long> at = append(unsignaled, message("a"), message("b"), message("c"));
    store().refresh();
    store().purge(at.get(1));

    for (Interest interest : List.of(Interest.everything(), Interest.of(ROOM))) {
      for (long after : List.of(start(), at.get(0))) {
        assertThatThrownBy(() -> unsignaled.log(interest, after, at.get(2), 9))
            .as("a read from %d, which was purged up to %d", after, at.get(1))
            .isInstanceOf(ExpiredPositionException.class);
      }
    }
    assertThat(names(log(unsignaled, Interest.everything(), at.get(1), at.get(2))))
        .containsExactly("c");
    assertThat(unsignaled.events(List.of(id("a"), id("b")))).isEmpty();
  }

  @Test
  void r2_retainedAfter_theOtherPurged_risesWithRefresh() {
    S unsignaled = withoutSignals();
    long end = append(unsignaled, message("a"), message("b")).get(0);
    store().refresh();
    store().purge(end);
    long refreshed = unsignaled.refresh();

    assertThat(unsignaled.retainedAfter()).isEqualTo(end);
    assertThat(refreshed).isGreaterThanOrEqualTo(end);
  }

  @Test
  void s1_state_theOtherPurgedWithoutASignal_staysExact() {
    S unsignaled = withoutSignals();
    List<Long> at = append(unsignaled, topic("a"), message("b"), topic("c"));
    store().purge(store().refresh());

    assertThat(names(StoreReads.state(unsignaled, ROOM, at.get(1)))).containsExactly("a");
    assertThat(names(StoreReads.state(unsignaled, ROOM, at.get(2)))).containsExactly("c");
  }
}
