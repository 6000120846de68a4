package io.github.matrixsync.store.tck.ephemeral;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.store.tck.rules.stream.TypingRules;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.Heard;
import io.github.matrixsync.store.tck.support.Reading;
import io.github.matrixsync.store.tck.support.Threads;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Typing that several instances set over one storage: the rules P, W, L, C and T between them. An instance may keep the
 * next deadline in memory, and another may have moved or ended it. Implement {@link #open} and {@link #another}, and
 * {@link #write} if the storage has transactions; the example is at
 * {@link io.github.matrixsync.store.tck.SharedStoreTck}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedTypingStoreTck<S extends SettableTypingStore>
    extends SharedCoalescingTck<RoomId, TypingChange, S> {
  private static final Instant SOON = TypingRules.SOON;
  private static final Instant LATER = TypingRules.LATER;
  private static final int ROUNDS = 15;

  /** Begins the tests of a store. */
  protected SharedTypingStoreTck() {}

  @Override
  final void change(S on, int key, int value) {
    on.start(key(key), TypingStoreTck.user(value), TypingStoreTck.FAR);
  }

  @Override
  final RoomId key(int number) {
    return Events.ROOMS.get(number);
  }

  @Override
  final boolean hasValue(TypingChange change, int value) {
    return Reading.last(change.users()).equals(TypingStoreTck.user(value));
  }

  @Test
  void c1_start_byBothAtOnce_allOfThemType() {
    S unheard = withoutSignals();
    Threads.all(List.of(() -> startAll(store(), 1), () -> startAll(unheard, 1 + ROUNDS)));

    store().refresh();
    assertThat(typing(store())).hasSize(2 * ROUNDS).doesNotHaveDuplicates();
  }

  @Test
  void t1_nextDeadline_theOtherStarted_isKnownWithRefresh() {
    S unheard = withoutSignals();
    store().start(ROOM, ALICE, LATER);
    unheard.refresh();
    assertThat(unheard.nextDeadline()).contains(LATER);
    store().start(ROOM, ALICE, LATER.plusMillis(5));
    unheard.refresh();
    assertThat(unheard.nextDeadline()).contains(LATER.plusMillis(5));
    store().stop(ROOM, ALICE);
    unheard.refresh();
    assertThat(unheard.nextDeadline()).isEmpty();
  }

  @Test
  void t1_expire_theOtherStarted_endsIt() {
    S unheard = withoutSignals();
    store().start(ROOM, ALICE, SOON);
    unheard.refresh();
    unheard.expire(SOON);

    assertThat(typing(unheard)).isEmpty();
    store().refresh();
    assertThat(typing(store())).isEmpty();
    assertThat(store().nextDeadline()).isEmpty();
  }

  @Test
  void t1_expire_theOtherStoppedUnheard_nextDeadlineIsEmptyOrLater() {
    S unheard = withoutSignals();
    unheard.start(ROOM, ALICE, SOON);
    unheard.start(OTHER_ROOM, BOB, LATER);
    store().refresh();
    store().stop(ROOM, ALICE);
    unheard.expire(SOON);

    assertThat(unheard.nextDeadline()).contains(LATER);
    store().stop(OTHER_ROOM, BOB);
    unheard.expire(LATER);
    assertThat(unheard.nextDeadline()).isEmpty();
  }

  @Test
  void t1_expire_theOtherMovedTheDeadlineUnheard_typingGoesOn() {
    S unheard = withoutSignals();
    unheard.start(ROOM, ALICE, SOON);
    store().refresh();
    store().start(ROOM, ALICE, LATER);
    long before = store().refresh();
    unheard.expire(SOON);

    assertThat(unheard.nextDeadline()).contains(LATER);
    assertThat(typing(unheard)).containsExactly(ALICE);
    assertThat(store().refresh()).isEqualTo(before);
  }

  @Test
  void t1_expire_theOtherExpiredUnheard_doesNothing() {
    S unheard = withoutSignals();
    unheard.start(ROOM, ALICE, SOON);
    store().refresh();
    store().expire(LATER);
    long before = store().watermark();
    unheard.expire(LATER);

    assertThat(unheard.nextDeadline()).isEmpty();
    assertThat(unheard.refresh()).isEqualTo(before);
  }

  @Test
  void t1_expire_onBothAtOnce_endsTypingOnce() {
    S unheard = withoutSignals();
    for (int i = 0; i < ROUNDS; i++) {
      Instant deadline = SOON.plusMillis(i);
      store().start(ROOM, ALICE, deadline);
      unheard.refresh();
      long before = store().watermark();
      Threads.all(List.of(() -> expire(store(), deadline), () -> expire(unheard, deadline)));
      long end = store().refresh();

      assertThat(store().changes(before, end, 9))
          .hasSize(1)
          .allMatch(it -> it.users().isEmpty());
    }
  }

  @Test
  void t2_start_theOtherSetsAnEarlierDeadline_isHeard() {
    store().start(ROOM, ALICE, LATER);
    Heard<Instant> heard = new Heard<>();
    store().onAdvance(() -> store().nextDeadline().ifPresent(heard::add));

    other().start(ROOM, ALICE, SOON);

    heard.await(SOON::equals, "a signal after which the other's earlier deadline is seen");
  }

  @Test
  void t2_refresh_findsAnEarlierDeadline_tellsTheListeners() {
    S unheard = withoutSignals();
    unheard.start(ROOM, ALICE, LATER);
    Heard<Optional<Instant>> heard = new Heard<>();
    unheard.onAdvance(() -> heard.add(unheard.nextDeadline()));
    store().refresh();
    store().start(ROOM, ALICE, SOON);
    unheard.refresh();

    heard.await(Optional.of(SOON)::equals, "a call by refresh() after the earlier deadline");
  }

  private List<UserId> typing(S on) {
    List<TypingChange> current = on.current(List.of(ROOM));
    return current.isEmpty() ? List.of() : current.get(0).users();
  }

  private static boolean expire(SettableTypingStore on, Instant now) {
    on.expire(now);
    return true;
  }

  private static boolean startAll(SettableTypingStore on, int from) {
    for (int user = from; user < from + ROUNDS; user++) {
      on.start(ROOM, TypingStoreTck.user(user), TypingStoreTck.FAR);
    }
    return true;
  }
}
