package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.backfill;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.messageIn;
import static io.github.matrixsync.store.tck.support.Events.outliers;
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.knows;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.redactedBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.tck.rules.append.AppendRules;
import io.github.matrixsync.store.tck.rules.append.BackfillRules;
import io.github.matrixsync.store.tck.rules.append.ConcurrentRules;
import io.github.matrixsync.store.tck.rules.append.OutlierRules;
import io.github.matrixsync.store.tck.rules.append.ResolvedStateRules;
import io.github.matrixsync.store.tck.rules.event.HistoryRules;
import io.github.matrixsync.store.tck.rules.event.RedactionRules;
import io.github.matrixsync.store.tck.rules.event.StateRules;
import io.github.matrixsync.store.tck.rules.writer.LogFollower;
import io.github.matrixsync.store.tck.rules.writer.WriterRules;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The contract of several instances of an event store, as on several nodes, that write and read one storage. The rules
 * of appending, of concurrent writers and of reads are tested with two instances that append alternately; the tests of
 * this class are those that need two instances. Implement {@link #open} and {@link #another}, and {@link #append} or
 * {@link #write} if the storage has transactions; the example is at {@link SharedStoreTck}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class SharedEventStoreTck<S extends AppendableEventStore>
    extends SharedEventStoreBase<S>
    implements AppendRules,
        OutlierRules,
        ResolvedStateRules,
        BackfillRules,
        StateRules,
        HistoryRules,
        RedactionRules,
        WriterRules,
        ConcurrentRules {
  private static final int BATCHES = 40;
  private static final int ROUNDS = 15;

  /** For subclasses. */
  protected SharedEventStoreTck() {}

  @Override
  public final List<Long> fill(List<RoomEvent> events, Runnable beforeCommit) {
    return appendAfter(beforeCommit, live(events));
  }

  @Override
  public final void fillAndRollBack(List<RoomEvent> events) {
    appendAndRollBack(live(events));
  }

  @Test
  void p1_append_onEitherInTurn_positionsIncrease() {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      positions.addAll(append(store(), message("a" + i)));
      positions.addAll(append(withoutSignals(), message("b" + i)));
      positions.addAll(append(other(), message("c" + i)));
    }

    assertThat(positions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void p2_log_bothWriteAtOnce_followersOfEitherReadTheSame() {
    AtomicInteger writing = new AtomicInteger(2);
    S unsignaled = withoutSignals();
    LogFollower here = new LogFollower(store(), start());
    LogFollower there = new LogFollower(unsignaled, start());
    List<Callable<Boolean>> threads = new ArrayList<>();
    threads.add(() -> write(store(), "here", writing));
    threads.add(() -> write(unsignaled, "there", writing));
    threads.add(() -> follow(here, store(), writing));
    threads.add(() -> follow(there, unsignaled, writing));
    Threads.all(threads);
    long end = Math.max(store().refresh(), unsignaled.refresh());
    List<StoredEvent> log = log(store(), Interest.everything(), start(), end);

    assertThat(here.seen()).isEqualTo(upTo(log, here.cameTo()));
    assertThat(there.seen()).isEqualTo(upTo(log, there.cameTo()));
    assertThat(log).hasSize(2 * BATCHES);
  }

  @Test
  void w1_refresh_afterTheOtherWrote_findsIt() {
    for (int i = 0; i < 5; i++) {
      long end = append(store(), message("a" + i)).get(0);
      S unsignaled = withoutSignals();
      assertThat(unsignaled.refresh()).isGreaterThanOrEqualTo(end);
      assertThat(unsignaled.watermark()).isGreaterThanOrEqualTo(end);
      assertThat(names(log(unsignaled, Interest.everything(), end - 1, end))).contains("a" + i);
    }
  }

  @Test
  void w2_append_theOtherWroteWithoutASignal_isCoveredHere() {
    for (int i = 0; i < 5; i++) {
      append(store(), message("a" + i));
      long end = append(withoutSignals(), message("b" + i)).get(0);
      assertThat(withoutSignals().watermark()).isGreaterThanOrEqualTo(end);
    }
  }

  @Test
  void l1_onAdvance_theOtherWrites_isSignaledAndRead() {
    Notifications<EventId> notified = new Notifications<>();
    store().onAdvance(() -> readAll(store(), notified));

    append(other(), message("a"));

    notified.await(id("a")::equals, "a signal with which the other's event can be read");
  }

  @Test
  void l1_refresh_findsWhatTheOtherWrote_callsTheListeners() {
    S unsignaled = withoutSignals();
    Notifications<EventId> notified = new Notifications<>();
    unsignaled.onAdvance(() -> readAll(unsignaled, notified));

    for (String name : List.of("a", "b", "c")) {
      append(store(), message(name));
      unsignaled.refresh();
      notified.await(id(name)::equals, "a call by refresh(), with which $" + name + " can be read");
    }
  }

  @Test
  void a2_append_noDepthByBothAtOnce_eachHasItsOwn() {
    append(store(), message("first", 7));
    both(name -> append(withoutSignals(), message(name)), name -> append(store(), message(name)));
    long end = store().refresh();

    List<Long> depths = log(store(), Interest.everything(), start(), end).stream()
        .map(StoredEvent::depth)
        .toList();
    assertThat(depths).isSorted().doesNotHaveDuplicates();
    assertThat(depths).startsWith(7L, 8L).endsWith(7L + 2 * ROUNDS);
  }

  @Test
  void a3_append_onBoth_sameEventStandsOnce() {
    long at = append(store(), message("a")).get(0);

    assertThat(append(withoutSignals(), message("a"))).containsExactly(at);
    assertThat(append(other(), message("a"))).containsExactly(at);
  }

  @Test
  void a3_append_onBothAtOnce_sameEventsStandOnce() {
    S unsignaled = withoutSignals();
    for (int i = 0; i < ROUNDS; i++) {
      RoomEvent event = message("a" + i);
      List<List<Long>> at =
          Threads.all(List.of(() -> append(store(), event), () -> append(unsignaled, event)));
      assertThat(at.get(0)).isEqualTo(at.get(1));
    }
    assertThat(log(store(), Interest.everything(), start(), store().refresh())).hasSize(ROUNDS);
  }

  @Test
  void a4_append_outlierLiveOnBothAtOnce_becomesLiveOnce() {
    S unsignaled = withoutSignals();
    for (int i = 0; i < ROUNDS; i++) {
      RoomEvent invite = member("a" + i, BOB, Membership.INVITE);
      long known = store().append(outliers(invite)).get(0);
      List<List<Long>> at =
          Threads.all(List.of(() -> append(store(), invite), () -> append(unsignaled, invite)));
      store().refresh();

      assertThat(at.get(0)).isEqualTo(at.get(1));
      assertThat(at.get(0).get(0)).isGreaterThan(known);
      assertThat(event(store(), "a" + i).subjectKnows()).isTrue();
    }
  }

  @Test
  void a5_append_bothSetOneEntryAtOnce_whatIsReplacedIsOneChain() {
    both(name -> append(withoutSignals(), topic(name)), name -> append(store(), topic(name)));

    assertIsOneChain(store());
    assertIsOneChain(withoutSignals());
  }

  @Test
  void a5_append_bothSetOneMembershipAtOnce_changesAreOneChain() {
    both(
        name -> append(withoutSignals(), member(name, BOB, Membership.JOIN)),
        name -> append(store(), member(name, BOB, Membership.LEAVE)));
    long end = store().refresh();

    assertIsOneChain(store());
    Membership before = Membership.LEAVE;
    for (MemberChange change : memberChanges(end)) {
      assertThat(change.before()).as("the membership before %s", change).isEqualTo(before);
      before = change.after();
    }
    assertThat(StoreReads.require(store().memberships(BOB, end).get(ROOM), ROOM).after())
        .isEqualTo(before);
  }

  @Test
  void a1_append_rolledBackOnOne_isOnNeither() {
    append(store(), message("a"));
    appendAndRollBack(withoutSignals(), live(List.of(topic("b"), message("c"))));
    append(other(), message("d"));

    long end = store().refresh();
    assertThat(names(log(store(), Interest.everything(), start(), end))).containsExactly("a", "d");
    assertThat(knows(withoutSignals(), "b")).isFalse();
    assertThat(event(store(), "d").depth()).as("the depth after the roll back").isEqualTo(2);
  }

  @Test
  void k1_backfill_byBothAtOnce_isAllInThePast() {
    both(
        name -> withoutSignals().append(backfill(message(name))),
        name -> store().append(backfill(messageIn(OTHER_ROOM, ALICE, name))));
    store().refresh();

    long to = store().backfilledTo();
    assertThat(store().backfill(0, to).rooms()).containsExactlyInAnyOrder(ROOM, OTHER_ROOM);
    assertThat(store().events(idsOfBoth()).values())
        .hasSize(2 * ROUNDS)
        .allMatch(stored -> stored.position() < 0 && stored.position() >= to)
        .extracting(StoredEvent::position)
        .doesNotHaveDuplicates();
    assertThat(log(store(), Interest.everything(), start(), store().watermark()))
        .isEmpty();
  }

  @Test
  void k2_backfilledTo_theOtherBackfilled_fallsWithRefresh() {
    long old = store().append(backfill(message("a"))).get(0);
    S unsignaled = withoutSignals();
    unsignaled.refresh();

    assertThat(unsignaled.backfilledTo()).isLessThanOrEqualTo(old);
    assertThat(event(unsignaled, "a").position()).isEqualTo(old);
    long older = store().append(backfill(message("b"))).get(0);
    unsignaled.refresh();
    assertThat(unsignaled.backfilledTo()).isLessThanOrEqualTo(older);
    assertThat(unsignaled.backfill(old, older).rooms()).contains(ROOM);
  }

  @Test
  void d1_everyRead_theOtherRedacted_isRedacted() {
    append(store(), topic("a"), message("b"));
    S unsignaled = withoutSignals();
    long end = unsignaled.refresh();
    assertThat(redactedBy(event(unsignaled, "a"))).isEmpty();
    assertThat(names(log(unsignaled, Interest.everything(), start(), end))).contains("b");

    append(store(), redaction("r", "a"), redaction("s", "b"));
    unsignaled.refresh();

    assertThat(redactedBy(event(unsignaled, "a"))).contains("r");
    List<StoredEvent> log = log(unsignaled, Interest.everything(), start(), end);
    assertThat(redactedBy(StoreReads.one(log, "b"))).contains("s");
    List<StoredEvent> state = StoreReads.state(unsignaled, ROOM, end);
    assertThat(redactedBy(StoreReads.one(state, "a"))).contains("r");
  }

  @Test
  void x1_close_oneInstance_theOthersGoOn() throws Exception {
    append(other(), message("a"));
    append(withoutSignals(), message("b"));
    Notifications<EventId> notified = new Notifications<>();
    store().onAdvance(() -> readAll(store(), notified));
    close(withoutSignals());

    append(other(), message("c"));
    store().refresh();

    notified.await(id("c")::equals, "a signal of an event after another instance was closed");
    append(store(), message("d"));
    assertThat(names(log(store(), Interest.everything(), start(), store().refresh())))
        .containsExactly("a", "b", "c", "d");
  }

  private List<MemberChange> memberChanges(long end) {
    return log(store(), Interest.everything(), start(), end).stream()
        .flatMap(stored -> stored.changes().stream())
        .map(MemberChange.class::cast)
        .toList();
  }

  /** Runs both writes at the same time, many times, each time with other names. */
  private static void both(Function<String, Object> here, Function<String, Object> there) {
    for (int i = 0; i < ROUNDS; i++) {
      String number = String.valueOf(i);
      Threads.all(List.of(() -> here.apply("here" + number), () -> there.apply("there" + number)));
    }
  }

  private static List<EventId> idsOfBoth() {
    List<EventId> ids = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      ids.add(id("here" + i));
      ids.add(id("there" + i));
    }
    return ids;
  }

  private void assertIsOneChain(S on) {
    Optional<EventId> before = Optional.empty();
    List<StoredEvent> log = log(on, Interest.everything(), start(), on.refresh());
    assertThat(log).hasSize(2 * ROUNDS);
    for (StoredEvent stored : log) {
      assertThat(stored.replaces()).as("what %s replaced", stored.event().id()).isEqualTo(before);
      before = Optional.of(stored.event().id());
    }
  }

  private void readAll(S on, Notifications<EventId> notified) {
    log(on, Interest.everything(), start(), on.watermark())
        .forEach(stored -> notified.add(stored.event().id()));
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

  private boolean follow(LogFollower follower, S on, AtomicInteger writing) {
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
}
