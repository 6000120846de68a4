package io.github.matrixsync.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.Direction;
import io.github.matrixsync.store.EventKind;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.HistoryPoint;
import io.github.matrixsync.store.HistorySlice;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.LogPage;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.Redaction;
import io.github.matrixsync.store.StateEntry;
import io.github.matrixsync.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract's rules, by their names, on the memory store. */
class MemoryEventStoreTest {
  private static final RoomId ROOM = RoomId.parse("!r:h");
  private static final UserId ALICE = UserId.parse("@a:h");
  private static final UserId BOB = UserId.parse("@b:h");

  private final MemoryEventStore store = MemoryEventStore.create();
  private int count;

  @Test
  void a1_batchWithAnUnknownStateEntry_storesNothing() {
    StateEntry unknown = new StateEntry("m.room.topic", "", Optional.of(EventId.parse("$none:h")));

    assertThatThrownBy(() ->
            store.append(List.of(Append.live(message()), Append.live(message(), List.of(unknown)))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.watermark()).isZero();
    assertThat(everything().events()).isEmpty();
  }

  @Test
  void a2_batch_takesContiguousPositionsAndGrowingDepths() {
    append(message());

    List<Long> positions = store.append(List.of(Append.live(message()), Append.live(message())));

    assertThat(positions).containsExactly(2L, 3L);
    assertThat(everything().events())
        .extracting(StoredEvent::depth)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void a3_knownId_keepsItsPosition() {
    RoomEvent event = message();
    append(event);
    append(message());

    assertThat(append(event)).isEqualTo(1);
    assertThat(store.watermark()).isEqualTo(2);
  }

  @Test
  void a4_outlierMadeLive_standsTwiceAndItsSubjectKnows() {
    RoomEvent invite = member(BOB, Membership.INVITE);
    store.append(List.of(Append.outlier(invite)));

    append(invite);

    assertThat(everything().events())
        .extracting(StoredEvent::kind)
        .containsExactly(EventKind.OUTLIER, EventKind.LIVE);
    assertThat(everything().events().get(1).subjectKnows()).isTrue();
    assertThat(store.events(List.of(invite.id())).get(invite.id()).position()).isEqualTo(2);
  }

  @Test
  void a5_outlierMembership_changesItsSubjectAndNoState() {
    store.append(List.of(Append.outlier(member(BOB, Membership.INVITE))));

    assertThat(store.memberships(BOB, 1).get(ROOM).after()).isEqualTo(Membership.INVITE);
    assertThat(store.state(Map.of(ROOM, 1L)).get(ROOM)).isEmpty();
  }

  @Test
  void a5_stateEvent_saysWhatItReplacesAlsoWithinABatch() {
    RoomEvent first = topic();
    RoomEvent second = topic();

    store.append(List.of(Append.live(first), Append.live(second)));

    assertThat(everything().events().get(1).replaces()).contains(first.id());
  }

  @Test
  void d1_redactionOfARedaction_isSaidAndTheTargetStaysRedacted() {
    RoomEvent target = message();
    append(target);
    RoomEvent redaction = redaction(target.id());
    append(redaction);
    append(redaction(redaction.id()));

    Redaction counting =
        store.events(List.of(target.id())).get(target.id()).redaction().orElseThrow();

    assertThat(counting.event()).isEqualTo(redaction);
    assertThat(counting.redacted()).isTrue();
  }

  @Test
  void d1_redactionBeforeItsTarget_counts() {
    RoomEvent target = message();
    append(redaction(target.id()));
    append(target);

    assertThat(everything().events().get(1).redaction()).isPresent();
  }

  @Test
  void k1_backfill_isInTheHistoryAndNotInTheLog() {
    append(message());
    RoomEvent old = message();
    List<Long> positions =
        store.append(List.of(Append.backfill(old, Optional.of(HistoryVisibility.SHARED))));

    assertThat(positions).containsExactly(-1L);
    assertThat(store.backfilledTo()).isEqualTo(-1);
    assertThat(everything().events()).hasSize(1);
    assertThat(history(Direction.FORWARD)).hasSize(2);
  }

  @Test
  void l2_listenerThatThrows_harmsNeitherWriterNorOthers() {
    AtomicInteger called = new AtomicInteger();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
    store.onAdvance(() -> {
      throw new IllegalStateException("listener");
    });
    store.onAdvance(called::incrementAndGet);

    append(message());

    Thread.currentThread().setUncaughtExceptionHandler(before);
    assertThat(called).hasValue(1);
  }

  @Test
  void r1_results_areImmutable() {
    append(message());

    assertThatThrownBy(() -> everything().events().remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void r2_readBelowAPurge_isExpiredAndStateStaysExact() {
    append(topic());
    append(message());
    append(message());

    store.purge(2);

    assertThat(store.retainedAfter()).isEqualTo(2);
    assertThatThrownBy(() -> store.log(Interest.everything(), 1, 3, 10))
        .isInstanceOf(ExpiredPositionException.class);
    assertThat(store.log(Interest.everything(), 2, 3, 10).events()).hasSize(1);
    assertThat(store.state(Map.of(ROOM, 1L)).get(ROOM)).hasSize(1);
  }

  @Test
  void s1s2_randomHistory_isExactAtEveryPosition() {
    Random random = new Random(7);
    List<RoomEvent> log = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      RoomEvent event = switch (random.nextInt(3)) {
        case 0 ->
          member(random.nextBoolean() ? ALICE : BOB, Membership.values()[random.nextInt(5)]);
        case 1 -> topic();
        default -> message();
      };
      log.add(event);
      append(event);
    }
    for (int upTo = 0; upTo <= log.size(); upTo++) {
      Map<String, EventId> state = new java.util.HashMap<>();
      Map<UserId, Membership> members = new java.util.HashMap<>();
      for (RoomEvent event : log.subList(0, upTo)) {
        event.stateKey().ifPresent(key -> state.put(event.type() + key, event.id()));
        event.subject().ifPresent(who -> members.put(who, event.membership().orElseThrow()));
      }
      assertThat(store.state(Map.of(ROOM, (long) upTo)).get(ROOM))
          .extracting(event -> event.event().id())
          .containsExactlyInAnyOrderElementsOf(state.values());
      assertThat(store.joinedMembers(List.of(ROOM), upTo).get(ROOM))
          .containsExactlyInAnyOrderElementsOf(members.keySet().stream()
              .filter(who -> members.get(who) == Membership.JOIN)
              .toList());
      Optional<Membership> alice =
          Optional.ofNullable(store.memberships(ALICE, upTo).get(ROOM)).map(c -> c.after());
      assertThat(alice).isEqualTo(Optional.ofNullable(members.get(ALICE)));
    }
  }

  @Test
  void b2_limitedPages_joinToTheWholeLog() {
    for (int i = 0; i < 25; i++) {
      append(message());
    }
    List<Long> positions = new ArrayList<>();
    long after = 0;
    while (after < store.watermark()) {
      LogPage page = store.log(Interest.everything(), after, store.watermark(), 7);
      assertThat(page.events()).hasSizeLessThanOrEqualTo(7);
      page.events().forEach(event -> positions.add(event.position()));
      after = page.through();
    }
    assertThat(positions).hasSize(25).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void c3_firstPosition_isWhereTheStoreBegins() {
    MemoryEventStore later = MemoryEventStore.builder().firstPosition(100).build();

    assertThat(later.watermark()).isEqualTo(99);
    assertThat(later.retainedAfter()).isEqualTo(99);
    assertThat(later.append(List.of(Append.live(message())))).containsExactly(100L);
  }

  @Test
  void x1_closed_isOverForEveryCall() {
    store.close();
    store.close();

    assertThatThrownBy(store::watermark).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> append(message())).isInstanceOf(IllegalStateException.class);
  }

  private long append(RoomEvent event) {
    return store.append(List.of(Append.live(event))).get(0);
  }

  private LogPage everything() {
    return store.log(Interest.everything(), 0, store.watermark(), 1_000);
  }

  private List<StoredEvent> history(Direction direction) {
    Ranges all = Ranges.everything(store.watermark());
    return store.history(
        new HistorySlice(ROOM, all, HistoryPoint.START, HistoryPoint.END), direction, 100);
  }

  private RoomEvent message() {
    return event("m.room.message").build();
  }

  private RoomEvent topic() {
    return event("m.room.topic").stateKey("").build();
  }

  private RoomEvent redaction(EventId target) {
    return event("m.room.redaction").redacts(target).build();
  }

  private RoomEvent member(UserId subject, Membership membership) {
    return event(RoomEvent.MEMBER)
        .stateKey(subject.value())
        .membership(membership)
        .build();
  }

  private RoomEvent.Builder event(String type) {
    return RoomEvent.builder(EventId.parse("$" + count++ + ":h"), ROOM, ALICE, type);
  }
}
