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
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of typing of which several instances write one storage: the rules P, W, L, C and T between them. An
 * instance may keep the next deadline in memory, and another may have moved or ended it. Implement {@link #open} and
 * {@link #another}, and {@link #write} if the storage has transactions; the example is at
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

  /** For subclasses. */
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
    return StoreReads.last(change.users()).equals(TypingStoreTck.user(value));
  }

  @Test
  void c1_start_byBothAtOnce_allOfThemType() {
    S unsignaled = withoutSignals();
    Threads.all(List.of(() -> startAll(store(), 1), () -> startAll(unsignaled, 1 + ROUNDS)));

    store().refresh();
    assertThat(typing(store())).hasSize(2 * ROUNDS).doesNotHaveDuplicates();
  }

  @Test
  void t1_nextDeadline_theOtherStarted_isKnownWithRefresh() {
    S unsignaled = withoutSignals();
    store().start(ROOM, ALICE, LATER);
    unsignaled.refresh();
    assertThat(unsignaled.nextDeadline()).contains(LATER);
    store().start(ROOM, ALICE, LATER.plusMillis(5));
    unsignaled.refresh();
    assertThat(unsignaled.nextDeadline()).contains(LATER.plusMillis(5));
    store().stop(ROOM, ALICE);
    unsignaled.refresh();
    assertThat(unsignaled.nextDeadline()).isEmpty();
  }

  @Test
  void t1_expire_theOtherStarted_endsIt() {
    S unsignaled = withoutSignals();
    store().start(ROOM, ALICE, SOON);
    unsignaled.refresh();
    unsignaled.expire(SOON);

    assertThat(typing(unsignaled)).isEmpty();
    store().refresh();
    assertThat(typing(store())).isEmpty();
    assertThat(store().nextDeadline()).isEmpty();
  }

  @Test
  void t1_expire_theOtherStoppedWithoutASignal_nextDeadlineIsEmptyOrLater() {
    S unsignaled = withoutSignals();
    unsignaled.start(ROOM, ALICE, SOON);
    unsignaled.start(OTHER_ROOM, BOB, LATER);
    store().refresh();
    store().stop(ROOM, ALICE);
    unsignaled.expire(SOON);

    assertThat(unsignaled.nextDeadline()).contains(LATER);
    store().stop(OTHER_ROOM, BOB);
    unsignaled.expire(LATER);
    assertThat(unsignaled.nextDeadline()).isEmpty();
  }

  @Test
  void t1_expire_theOtherMovedTheDeadlineWithoutASignal_typingGoesOn() {
    S unsignaled = withoutSignals();
    unsignaled.start(ROOM, ALICE, SOON);
    store().refresh();
    store().start(ROOM, ALICE, LATER);
    long before = store().refresh();
    unsignaled.expire(SOON);

    assertThat(unsignaled.nextDeadline()).contains(LATER);
    assertThat(typing(unsignaled)).containsExactly(ALICE);
    assertThat(store().refresh()).isEqualTo(before);
  }

  @Test
  void t1_expire_theOtherExpiredWithoutASignal_doesNothing() {
    S unsignaled = withoutSignals();
    unsignaled.start(ROOM, ALICE, SOON);
    store().refresh();
    store().expire(LATER);
    long before = store().watermark();
    unsignaled.expire(LATER);

    assertThat(unsignaled.nextDeadline()).isEmpty();
    assertThat(unsignaled.refresh()).isEqualTo(before);
  }

  @Test
  void t1_expire_onBothAtOnce_endsTypingOnce() {
    S unsignaled = withoutSignals();
    for (int i = 0; i < ROUNDS; i++) {
      Instant deadline = SOON.plusMillis(i);
      store().start(ROOM, ALICE, deadline);
      unsignaled.refresh();
      long before = store().watermark();
      Threads.all(List.of(() -> expire(store(), deadline), () -> expire(unsignaled, deadline)));
      long end = store().refresh();

      assertThat(store().changes(before, end, 9))
          .hasSize(1)
          .allMatch(it -> it.users().isEmpty());
    }
  }

  @Test
  void t2_start_theOtherSetsAnEarlierDeadline_isSignaled() {
    store().start(ROOM, ALICE, LATER);
    Notifications<Instant> notified = new Notifications<>();
    store().onAdvance(() -> store().nextDeadline().ifPresent(notified::add));

    other().start(ROOM, ALICE, SOON);

    notified.await(SOON::equals, "a signal after which the other's earlier deadline is seen");
  }

  @Test
  void t2_refresh_findsAnEarlierDeadline_callsTheListeners() {
    S unsignaled = withoutSignals();
    unsignaled.start(ROOM, ALICE, LATER);
    Notifications<Optional<Instant>> notified = new Notifications<>();
    unsignaled.onAdvance(() -> notified.add(unsignaled.nextDeadline()));
    store().refresh();
    store().start(ROOM, ALICE, SOON);
    unsignaled.refresh();

    notified.await(Optional.of(SOON)::equals, "a call by refresh() after the earlier deadline");
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
