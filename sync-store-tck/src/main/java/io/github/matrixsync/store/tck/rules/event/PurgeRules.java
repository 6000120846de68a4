package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.backfill;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.outliers;
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.Events.visibility;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.history;
import static io.github.matrixsync.store.tck.support.StoreReads.joined;
import static io.github.matrixsync.store.tck.support.StoreReads.knows;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.redactedBy;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static io.github.matrixsync.store.tck.support.StoreReads.timelines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Tests reads after the beginning of the log was dropped: the rule R2, and the other rules that a purge could break.
 */
public interface PurgeRules extends EventStoreFixture {
  /** Appends a batch. */
  List<Long> append(List<Append> batch);

  /** Drops the log up to a position. */
  void purge(long through);

  @Test
  default void p1_append_everythingPurged_positionsAreNotUsedAgain() {
    long before = fill(message("a"), message("b")).get(1);
    purge(before);

    assertThat(fill(message("c")).get(0)).isGreaterThan(before);
  }

  @Test
  default void p2_log_purged_theRestStays() {
    List<Long> at = fill(message("a"), message("b"), message("c"), message("d"));
    purge(at.get(1));

    assertThat(names(log(tested(), Interest.everything(), at.get(1), at.get(3))))
        .contains("c", "d");
    assertThat(names(log(tested(), Interest.of(ROOM), at.get(2), at.get(3)))).contains("d");
  }

  @Test
  default void w1_watermark_everythingPurged_neverFalls() {
    long end = fill(message("a")).get(0);
    purge(end);

    assertThat(tested().watermark()).isGreaterThanOrEqualTo(end);
    assertThat(tested().refresh()).isGreaterThanOrEqualTo(end);
  }

  @Test
  default void r2_log_fromBelowRetainedAfter_isExpired() {
    List<Long> at = fill(message("a"), message("b"), message("c"));
    purge(at.get(1));

    assertThat(tested().retainedAfter()).isEqualTo(at.get(1));
    for (Interest interest : List.of(Interest.everything(), Interest.of(ROOM), Interest.of(BOB))) {
      assertThatThrownBy(() -> tested().log(interest, at.get(0), at.get(2), 9))
          .isInstanceOfSatisfying(ExpiredPositionException.class, expired -> {
            assertThat(expired.after()).isEqualTo(at.get(0));
            assertThat(expired.retainedAfter()).isEqualTo(at.get(1));
          });
    }
  }

  @Test
  default void r2_purge_lowerThanBefore_doesNothing() {
    List<Long> at = fill(message("a"), message("b"));
    purge(at.get(1));
    purge(at.get(0));

    assertThat(tested().retainedAfter()).isEqualTo(at.get(1));
  }

  @Test
  default void r2_purge_eventsThatNoStateWasMadeOf_areGone() {
    fill(message("a"), topic("b"));
    append(outliers(message("c")));
    long end = append(List.of(Append.live(topic("d"), List.of()))).get(0);
    purge(end);

    assertThat(tested().events(List.of(id("a"), id("c"), id("d")))).isEmpty();
    assertThat(names(history(tested(), end, Direction.FORWARD))).doesNotContain("a", "c", "d");
  }

  @Test
  default void r3_purge_eventsThatStateWasMadeOf_areReadByTheirIds() {
    fill(topic("a"), topic("b"));
    fill(member("c", BOB, Membership.JOIN), member("d", BOB, Membership.LEAVE));
    append(outliers(Events.memberIn(Events.OTHER_ROOM, "e", BOB, Membership.INVITE)));
    long end = StoreReads.last(append(backfill(message("f"))));
    purge(tested().refresh());

    List<EventId> ids = List.of(id("a"), id("b"), id("c"), id("d"), id("e"), id("f"));
    assertThat(tested().events(ids).keySet())
        .as("events that set an entry, the first and the last of it, and backfill at %d", end)
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  default void r3_purge_eventsThatStateWasMadeOf_areInTheHistory() {
    fill(topic("a"), message("b"), topic("c"), member("d", BOB, Membership.JOIN));
    long end = tested().refresh();
    purge(end);

    assertThat(names(history(tested(), end, Direction.FORWARD))).containsExactly("a", "c", "d");
  }

  @Test
  default void r3_purge_whatReadsAsOfAnInvitationOrALeaveName_isReadById() {
    append(outliers(Events.memberIn(Events.OTHER_ROOM, "a", BOB, Membership.INVITE)));
    fill(topic("b"), member("c", BOB, Membership.JOIN));
    long left = fill(member("d", BOB, Membership.LEAVE)).get(0);
    fill(topic("e"), message("f"));
    purge(tested().refresh());

    assertThat(knows(tested(), "b"))
        .as("whether b is known, which stood at the leave")
        .isTrue();
    tested().memberships(BOB, left).values().forEach(this::assertReadable);
    timelines(tested(), BOB, ROOM, left).members().forEach(this::assertReadable);
    StoredEvent leave = event(tested(), "d");
    leave.changes().forEach(this::assertReadable);
    assertThat(tested().events(leave.replaces().stream().toList()))
        .as("what the leave replaced")
        .hasSameSizeAs(leave.replaces().stream().toList());
  }

  @Test
  default void r2_log_purgesWhileReading_isCompleteOrExpired() {
    NavigableSet<Long> filled = new ConcurrentSkipListSet<>(fill(message("before")));
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch reading = new CountDownLatch(2);
    List<Callable<Boolean>> threads = new ArrayList<>();
    threads.add(() -> {
      Threads.await(reading, "the readers");
      return fillAndPurge(filled, done);
    });
    for (int reader = 0; reader < 2; reader++) {
      threads.add(() -> {
        readOnce(filled);
        reading.countDown();
        return readUntil(filled, done);
      });
    }

    assertThat(Threads.all(threads)).doesNotContain(false);
  }

  @Test
  default void a2_append_highestDepthPurged_depthsGoOn() {
    purge(fill(message("a", 7), message("b", 9)).get(1));
    fill(message("c"));

    assertThat(event(tested(), "c").depth()).isEqualTo(10);
  }

  @Test
  default void a3_append_purgedEvent_keepsItsPositionAndStaysGone() {
    List<Long> at = fill(message("a"), message("b"));
    purge(at.get(1));

    assertThat(fill(message("a"))).containsExactly(at.get(0));
    assertThat(knows(tested(), "a")).isFalse();
    assertThat(tested().refresh()).isEqualTo(at.get(1));
  }

  @Test
  default void a4_append_outlierPurged_becomesLiveAtANewPosition() {
    long known = append(outliers(message("a"))).get(0);
    long end = fill(message("b")).get(0);
    purge(end);

    assertThat(fill(message("a")).get(0)).isGreaterThan(end);
    assertThat(event(tested(), "a").position()).isGreaterThan(known);
  }

  @Test
  default void a5_append_entryNamesAPurgedEvent_isRefused() {
    purge(append(List.of(Append.live(topic("a"), List.of()))).get(0));

    assertThatThrownBy(() ->
            append(List.of(Events.resolving("b", Events.entry(Events.TOPIC, "", "a")))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void s1_state_purged_staysExact() {
    List<Long> at = fill(topic("a"), message("b"), topic("c"));
    purge(at.get(2));

    assertThat(names(state(tested(), ROOM, start()))).isEmpty();
    assertThat(names(state(tested(), ROOM, at.get(1)))).containsExactly("a");
    assertThat(names(state(tested(), ROOM, at.get(2)))).containsExactly("c");
  }

  @Test
  default void s2_membersAndTimelines_purged_stayExact() {
    long invited = append(outliers(member("a", BOB, Membership.INVITE))).get(0);
    RoomEvent join = member("b", BOB, Membership.JOIN);
    List<Long> at = fill(join, visibility("c", HistoryVisibility.JOINED));
    purge(at.get(1));

    assertThat(timelines(tested(), BOB, ROOM, at.get(1)).members()).hasSize(2);
    assertThat(timelines(tested(), BOB, ROOM, at.get(1)).visibility()).hasSize(1);
    assertThat(joined(tested(), ROOM, invited)).isEmpty();
    assertThat(joined(tested(), ROOM, at.get(0))).containsExactly(BOB);
    assertThat(tested().memberships(BOB, invited)).containsOnlyKeys(ROOM);
  }

  @Test
  default void h2_pointAt_purged_isTheGreatestOfWhatIsLeft() {
    List<Long> at = fill(message("a", 5), topic("b"), message("c", 9), message("d", 20));
    purge(at.get(2));

    assertThat(tested().pointAt(ROOM, at.get(0))).isEqualTo(HistoryPoint.START);
    assertThat(tested().pointAt(ROOM, at.get(2)).position()).isEqualTo(at.get(1));
    assertThat(tested().pointAt(ROOM, at.get(3))).isEqualTo(new HistoryPoint(20, at.get(3)));
  }

  @Test
  default void d1_state_redactionPurged_stillCounts() {
    long end = StoreReads.last(fill(topic("a"), redaction("r1", "a")));
    purge(end);

    assertThat(redactedBy(topicAt(end))).contains("r1");
    assertThat(topicAt(end).redaction()).map(Redaction::redacted).contains(false);

    fill(redaction("r2", "r1"));
    assertThat(redactedBy(topicAt(end))).contains("r1");
    assertThat(topicAt(end).redaction()).map(Redaction::redacted).contains(true);
  }

  @Test
  default void d1_events_targetComesAfterItsRedactionWasPurged_isRedacted() {
    purge(fill(redaction("r", "a")).get(0));
    append(backfill(message("a")));

    assertThat(redactedBy(event(tested(), "a"))).contains("r");
  }

  private StoredEvent topicAt(long upTo) {
    return StoreReads.one(state(tested(), ROOM, upTo), "a");
  }

  private void assertReadable(StateChange change) {
    List<EventId> ids = change.event().stream().toList();
    assertThat(tested().events(ids)).as("the event of %s", change).hasSize(ids.size());
  }

  private boolean fillAndPurge(NavigableSet<Long> filled, AtomicBoolean done) {
    try {
      for (int i = 0; i < 50; i++) {
        filled.addAll(fill(message("a" + i), message("b" + i), message("c" + i)));
        if (i % 5 == 4) {
          purge(filled.last() - 4);
        }
      }
      return true;
    } finally {
      done.set(true);
    }
  }

  private boolean readUntil(NavigableSet<Long> filled, AtomicBoolean done) {
    while (!done.get()) {
      readOnce(filled);
      LockSupport.parkNanos(10_000);
    }
    return true;
  }

  private void readOnce(NavigableSet<Long> filled) {
    long after = tested().retainedAfter();
    long upTo = Math.max(after, tested().watermark());
    List<Long> expected = List.copyOf(filled.subSet(after, false, upTo, true));
    try {
      assertThat(log(tested(), Interest.everything(), after, upTo))
          .extracting(StoredEvent::position)
          .containsAll(expected);
    } catch (ExpiredPositionException overtaken) {
      assertThat(overtaken.retainedAfter()).isGreaterThan(after);
    }
  }
}
