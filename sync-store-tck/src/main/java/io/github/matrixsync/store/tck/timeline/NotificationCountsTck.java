package io.github.matrixsync.store.tck.timeline;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.UNKNOWN_ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link NotificationCounts} that a host counts: the rules NC of the package
 * {@code io.github.matrixsync.store.timeline}. The author implements how the host does what changes counts. Counts that
 * are only set through this library extend {@link SettableNotificationCountsTck}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class NotificationCountsTck<S extends NotificationCounts> extends StoreTck<S> {
  private static final int ROOMS = 50;

  /** For subclasses. */
  protected NotificationCountsTck() {}

  /** Returns new counts, without rooms and events. Called before every test. */
  @Override
  protected abstract S open();

  /** Has a user join a room. Returns when this is so for {@link #store()}. */
  protected abstract void join(UserId user, RoomId room);

  /** Has a user leave a room. */
  protected abstract void leave(UserId user, RoomId room);

  /**
   * Sends a message that notifies every joined user but its sender, with no highlight and in no thread.
   *
   * @return its position, from which on counts must include it
   */
  protected abstract long message(RoomId room, UserId sender);

  /** Sets a user's receipt at the event with this position. */
  protected abstract void read(UserId user, RoomId room, long position);

  /** Sets whom a user ignores. */
  protected abstract void ignore(UserId user, Set<UserId> ignored);

  /** Purges the log up to a position. */
  protected abstract void purge(long through);

  /** Returns how often this process has read the storage so far; 0 for a store that does no I/O. */
  protected abstract long storageReads();

  private NotificationCounts tested() {
    return recorded(NotificationCounts.class);
  }

  @Test
  void nc1_counts_everyMessage_isCountedAtOnce() {
    joinBoth();
    for (int i = 1; i <= 5; i++) {
      long at = message(ROOM, BOB);
      assertThat(count(ALICE, ROOM, at)).isEqualTo(i);
    }
  }

  @Test
  void nc1_counts_receipt_isTakenIntoAccount() {
    joinBoth();
    message(ROOM, BOB);
    long second = message(ROOM, BOB);
    long third = message(ROOM, BOB);

    read(ALICE, ROOM, second);
    assertThat(count(ALICE, ROOM, third)).isEqualTo(1);
    read(ALICE, ROOM, third);
    assertThat(count(ALICE, ROOM, third)).isZero();
    assertThat(count(ALICE, ROOM, message(ROOM, BOB))).isEqualTo(1);
  }

  @Test
  void nc2_counts_ownEvents_areNotCounted() {
    joinBoth();
    message(ROOM, BOB);
    long at = message(ROOM, ALICE);

    assertThat(count(ALICE, ROOM, at)).isLessThanOrEqualTo(1);
    assertThat(count(BOB, ROOM, at)).isEqualTo(1);
  }

  @Test
  void nc2_counts_ignoredSenders_areNotCountedAnyMore() {
    joinBoth();
    join(CAROL, ROOM);
    message(ROOM, CAROL);
    long at = message(ROOM, BOB);

    ignore(ALICE, Set.of(CAROL));

    assertThat(count(ALICE, ROOM, at)).isEqualTo(1);
    assertThat(count(ALICE, ROOM, message(ROOM, CAROL))).isEqualTo(1);
  }

  @Test
  void nc2_counts_roomThatOneLeft_isZero() {
    joinBoth();
    message(ROOM, BOB);
    leave(ALICE, ROOM);
    long at = message(ROOM, BOB);

    assertThat(count(ALICE, ROOM, at)).isZero();
    assertThat(count(CAROL, ROOM, at)).isZero();
  }

  @Test
  void nc2_counts_purgedEvents_areNotCountedAnyMore() {
    joinBoth();
    long first = message(ROOM, BOB);
    long second = message(ROOM, BOB);

    purge(first);
    assertThat(count(ALICE, ROOM, second)).isEqualTo(1);
  }

  @Test
  void nc3_counts_roomsAskedFor_areAllThereAndNoOthers() {
    joinBoth();
    join(ALICE, OTHER_ROOM);
    join(BOB, OTHER_ROOM);
    message(OTHER_ROOM, BOB);
    long at = message(ROOM, BOB);

    Map<RoomId, UnreadCounts> counts = tested().counts(ALICE, List.of(ROOM, UNKNOWN_ROOM), at);
    assertThat(counts).containsOnlyKeys(ROOM, UNKNOWN_ROOM);
    assertThat(counts.get(UNKNOWN_ROOM)).isEqualTo(UnreadCounts.NONE);
    assertThat(tested().counts(ALICE, List.of(), at)).isEmpty();
  }

  @Test
  void nc4_onChange_receipt_isSignaledWhenItCounts() {
    joinBoth();
    long at = message(ROOM, BOB);
    Notifications<String> notified = new Notifications<>();
    tested().onChange((user, room) -> notified.add(user + " " + room));

    read(ALICE, ROOM, at);

    notified.await((ALICE + " " + ROOM)::equals, "a call for Alice, who has read");
  }

  @Test
  void nc5_counts_manyRooms_takeAtMostOneRead() {
    List<RoomId> rooms = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < ROOMS; i++) {
      RoomId room = RoomId.parse("!room" + i + ":tck.example");
      rooms.add(room);
      join(ALICE, room);
      join(BOB, room);
      at = message(room, BOB);
    }
    long before = storageReads();

    Map<RoomId, UnreadCounts> counts = store().counts(ALICE, rooms, at);

    assertThat(storageReads() - before).isBetween(0L, 1L);
    assertThat(counts).hasSize(ROOMS);
  }

  private void joinBoth() {
    join(ALICE, ROOM);
    join(BOB, ROOM);
  }

  private long count(UserId user, RoomId room, long upTo) {
    UnreadCounts counts = store().counts(user, List.of(room), upTo).get(room);
    assertThat(counts).as("the counts of %s in %s", user, room).isNotNull();
    return Objects.requireNonNull(counts).total().notifications();
  }
}
