package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.support.Events.backfill;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.Reading.event;
import static io.github.matrixsync.store.tck.support.Reading.log;
import static io.github.matrixsync.store.tck.support.Reading.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.rules.writer.RaceFollower;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.Heard;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The ability of several instances of a store, as on several nodes, to see one another's events: the rules between two
 * of them.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedEventStoreTck<S extends AppendableEventStore>
    extends EventStoreBase<S> {
  private static final int BATCHES = 40;

  private final List<S> others = new ArrayList<>();

  /** Begins the tests of a store. */
  protected SharedEventStoreTck() {}

  /** Returns a new, empty store. Called before every test; the test closes it. */
  @Override
  protected abstract S open();

  /** Returns one more instance on the data of an open one. The test closes it. */
  protected abstract S another(S open);

  @AfterEach
  final void closeOthers() throws Exception {
    for (S other : others) {
      close(other);
    }
  }

  @Override
  public final AppendableEventStore tested() {
    return recorded(AppendableEventStore.class);
  }

  @Override
  public final List<Long> fill(List<RoomEvent> events) {
    return append(tested(), events.toArray(RoomEvent[]::new));
  }

  @Test
  void p1_append_onEitherInTurn_positionsIncrease() {
    S other = other();
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      positions.addAll(append(tested(), message("a" + i)));
      positions.addAll(append(other, message("b" + i)));
    }

    assertThat(positions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void p2_log_bothWriteAtOnce_followersOfEitherReadTheSame() {
    S other = other();
    AtomicInteger writing = new AtomicInteger(2);
    RaceFollower here = new RaceFollower(store(), start());
    RaceFollower there = new RaceFollower(other, start());
    List<Callable<Boolean>> threads = new ArrayList<>();
    threads.add(() -> write(store(), "here", writing));
    threads.add(() -> write(other, "there", writing));
    threads.add(() -> follow(here, store(), writing));
    threads.add(() -> follow(there, other, writing));
    Threads.all(threads);
    long end = Math.max(tested().refresh(), other.refresh());
    List<StoredEvent> log = log(tested(), Interest.everything(), start(), end);

    assertThat(here.seen()).isEqualTo(upTo(log, here.cameTo()));
    assertThat(there.seen()).isEqualTo(upTo(log, there.cameTo()));
    assertThat(log).hasSize(2 * BATCHES);
  }

  @Test
  void w1_refresh_afterTheOtherWrote_findsIt() {
    S other = other();
    for (int i = 0; i < 5; i++) {
      long end = append(other, message("a" + i)).get(0);
      assertThat(tested().refresh()).isGreaterThanOrEqualTo(end);
      assertThat(tested().watermark()).isGreaterThanOrEqualTo(end);
      assertThat(names(log(tested(), Interest.everything(), end - 1, end))).contains("a" + i);
    }
  }

  @Test
  void l1_onAdvance_theOtherWrites_isHeardAndRead() {
    S other = other();
    Heard<EventId> heard = new Heard<>();
    tested()
        .onAdvance(() -> log(tested(), Interest.everything(), start(), tested().watermark())
            .forEach(stored -> heard.add(stored.event().id())));

    append(other, message("a"));

    heard.await(Events.id("a")::equals, "a signal with which the other's event can be read");
  }

  @Test
  void a3_append_onBoth_sameEventStandsOnce() {
    S other = other();
    long at = append(tested(), message("a")).get(0);

    assertThat(append(other, message("a"))).containsExactly(at);
  }

  @Test
  void a3_append_onBothAtOnce_sameEventsStandOnce() {
    S other = other();
    for (int i = 0; i < BATCHES; i++) {
      RoomEvent event = message("a" + i);
      List<List<Long>> at =
          Threads.all(List.of(() -> append(tested(), event), () -> append(other, event)));
      assertThat(at.get(0)).isEqualTo(at.get(1));
    }
  }

  @Test
  void a5_append_onEitherInTurn_saysWhatItReplaces() {
    S other = other();
    append(tested(), topic("a"));
    append(other, topic("b"));
    append(tested(), topic("c"));
    tested().refresh();

    assertThat(event(tested(), "b").replaces()).contains(Events.id("a"));
    assertThat(event(tested(), "c").replaces()).contains(Events.id("b"));
  }

  @Test
  void k2_backfilledTo_theOtherBackfilled_fallsWithRefresh() {
    S other = other();
    long old = other.append(backfill(message("a"))).get(0);
    tested().refresh();

    assertThat(tested().backfilledTo()).isLessThanOrEqualTo(old);
    assertThat(event(tested(), "a").position()).isEqualTo(old);
  }

  private S other() {
    S other = another(store());
    others.add(other);
    return other;
  }

  private boolean write(S to, String name, AtomicInteger writing) {
    try {
      for (int i = 0; i < BATCHES; i++) {
        append(to, message(name + i));
      }
      return true;
    } finally {
      writing.decrementAndGet();
    }
  }

  private boolean follow(RaceFollower follower, S on, AtomicInteger writing) {
    boolean last;
    do {
      last = writing.get() == 0;
      on.refresh();
      follower.look();
    } while (!last);
    return true;
  }

  private static Set<StoredEvent> upTo(List<StoredEvent> log, long position) {
    Set<StoredEvent> prefix = new HashSet<>(log);
    prefix.removeIf(stored -> stored.position() > position);
    return prefix;
  }

  private static List<Long> append(AppendableEventStore to, RoomEvent... events) {
    return to.append(Arrays.stream(events).map(Append::live).toList());
  }
}
