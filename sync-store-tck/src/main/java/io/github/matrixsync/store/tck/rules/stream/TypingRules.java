package io.github.matrixsync.store.tck.rules.stream;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.store.tck.support.Notifications;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the deadlines of typing: the rules T. */
public interface TypingRules extends CoalescingFixture<TypingChange> {
  /** Long past, because the store must not use a clock of its own. */
  Instant SOON = Instant.ofEpochMilli(1_000_999);

  /** Also past, but later. */
  Instant LATER = Instant.ofEpochMilli(1_001_000);

  @Override
  TypingStore store();

  @Override
  TypingStore tested();

  /** Sets a user as typing in a room until a deadline. */
  void start(RoomId room, UserId user, Instant deadline);

  /** Ends a user's typing in a room. */
  void stop(RoomId room, UserId user);

  @Test
  default void t1_start_several_areInTheOrderInWhichTheyBegan() {
    start(ROOM, BOB, LATER);
    start(ROOM, ALICE, SOON);

    assertThat(typing(ROOM)).containsExactly(BOB, ALICE);
  }

  @Test
  default void t1_start_again_keepsItsPlace() {
    start(ROOM, BOB, SOON);
    start(ROOM, ALICE, SOON);
    start(ROOM, BOB, LATER);
    start(ROOM, CAROL, LATER);

    assertThat(typing(ROOM)).containsExactly(BOB, ALICE, CAROL);
  }

  @Test
  default void t1_stop_typing_isAChangeOfItsOwn() {
    start(ROOM, BOB, SOON);
    long before = tested().watermark();
    stop(ROOM, BOB);

    assertThat(typing(ROOM)).isEmpty();
    assertThat(tested().changes(before, tested().watermark(), 9))
        .extracting(TypingChange::users)
        .containsExactly(List.of());
    assertThat(tested().nextDeadline()).isEmpty();
  }

  @Test
  default void t2_start_deadlineComesSooner_isSignaled() {
    start(ROOM, ALICE, LATER);
    Notifications<Instant> notified = new Notifications<>();
    tested().onAdvance(() -> tested().nextDeadline().ifPresent(notified::add));

    start(ROOM, ALICE, SOON);

    notified.await(SOON::equals, "a signal after which the sooner deadline is seen");
  }

  @Test
  default void t1_nextDeadline_several_isTheEarliest() {
    assertThat(tested().nextDeadline()).isEmpty();
    start(ROOM, ALICE, LATER);
    assertThat(tested().nextDeadline()).contains(LATER);
    start(OTHER_ROOM, BOB, SOON);
    assertThat(tested().nextDeadline()).contains(SOON);
  }

  @Test
  default void t1_expire_beforeTheDeadline_changesNothing() {
    start(ROOM, ALICE, SOON);
    long before = tested().watermark();
    tested().expire(SOON.minusMillis(1));

    assertThat(tested().watermark()).isEqualTo(before);
    assertThat(typing(ROOM)).containsExactly(ALICE);
  }

  @Test
  default void t1_expire_atTheDeadline_endsTypingWithItsOwnPosition() {
    start(ROOM, ALICE, SOON);
    start(ROOM, BOB, LATER);
    start(OTHER_ROOM, BOB, SOON);
    long before = tested().watermark();
    tested().expire(SOON);

    assertThat(typing(ROOM)).containsExactly(BOB);
    assertThat(typing(OTHER_ROOM)).isEmpty();
    assertThat(tested().watermark()).isGreaterThan(before);
    assertThat(tested().changes(before, tested().watermark(), 9))
        .extracting(TypingChange::room)
        .containsExactlyInAnyOrder(ROOM, OTHER_ROOM);
    assertThat(tested().nextDeadline()).contains(LATER);
  }

  @Test
  default void t1_expire_again_doesNothing() {
    start(ROOM, ALICE, SOON);
    tested().expire(LATER);
    long before = tested().watermark();
    tested().expire(LATER);

    assertThat(tested().watermark()).isEqualTo(before);
    assertThat(tested().nextDeadline()).isEmpty();
  }

  @Test
  default void t1_expire_returned_nextDeadlineIsEmptyOrLater() {
    List<Instant> deadlines = List.of(
        SOON.plusNanos(1),
        SOON.plusNanos(999_999),
        SOON,
        LATER,
        LATER.plusMillis(1),
        SOON.minusNanos(1));
    for (int user = 0; user < deadlines.size(); user++) {
      start(ROOM, UserId.parse("@typing" + user + ":tck.example"), deadlines.get(user));
    }
    for (Instant now : List.of(SOON.minusMillis(1), SOON, SOON.plusNanos(5), LATER)) {
      tested().expire(now);

      Optional<Instant> next = tested().nextDeadline();
      assertThat(next.filter(deadline -> !deadline.isAfter(now)))
          .as("a next deadline that is not after %s, to which expire was called", now)
          .isEmpty();
    }
    assertThat(tested().nextDeadline()).contains(LATER.plusMillis(1));
  }

  @Test
  default void t1_start_deadline_isCutToTheMillisecond() {
    start(ROOM, ALICE, SOON.plusNanos(999_999));

    assertThat(tested().nextDeadline()).contains(SOON);
  }

  @Test
  default void t1_start_typingAlready_onlyTheDeadlineChanges() {
    start(ROOM, BOB, SOON);
    long before = tested().watermark();
    start(ROOM, BOB, LATER);
    tested().expire(SOON);

    assertThat(tested().watermark()).isEqualTo(before);
    assertThat(typing(ROOM)).containsExactly(BOB);
    assertThat(tested().nextDeadline()).contains(LATER);
  }

  private List<UserId> typing(RoomId room) {
    List<TypingChange> current = tested().current(List.of(room));
    return current.isEmpty() ? List.of() : current.get(0).users();
  }
}
