package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.OTHER_ROOM;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static io.github.matrixsync.store.memory.Sample.backfill;
import static io.github.matrixsync.store.memory.Sample.event;
import static io.github.matrixsync.store.memory.Sample.gone;
import static io.github.matrixsync.store.memory.Sample.id;
import static io.github.matrixsync.store.memory.Sample.live;
import static io.github.matrixsync.store.memory.Sample.log;
import static io.github.matrixsync.store.memory.Sample.member;
import static io.github.matrixsync.store.memory.Sample.memberIn;
import static io.github.matrixsync.store.memory.Sample.message;
import static io.github.matrixsync.store.memory.Sample.messageIn;
import static io.github.matrixsync.store.memory.Sample.names;
import static io.github.matrixsync.store.memory.Sample.outlier;
import static io.github.matrixsync.store.memory.Sample.read;
import static io.github.matrixsync.store.memory.Sample.state;
import static io.github.matrixsync.store.memory.Sample.topic;
import static io.github.matrixsync.store.memory.Sample.visibility;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.EntryChange;
import io.github.matrixsync.store.EventKind;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.StateEntry;
import io.github.matrixsync.store.StoredEvent;
import io.github.matrixsync.store.VisibilityChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appending: the rules A and K. */
class AppendContractTest {
  private final MemoryEventStore store = MemoryEventStore.create();

  @Test
  void a1_append_lastEntryIsWrong_nothingIsStored() {
    List<Append> batch = new ArrayList<>(live(topic("a"), message("b")));
    batch.add(Append.live(message("c"), List.of(entryOf("m.room.topic", "", "unknown"))));

    assertThatThrownBy(() -> store.append(batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$unknown");

    assertThat(store.watermark()).isZero();
    assertThat(store.events(List.of(id("a"), id("b"), id("c")))).isEmpty();
    assertThat(store.append(live(message("a")))).containsExactly(1L);
  }

  @Test
  void a1_append_nullInBatch_nothingIsStored() {
    assertThatThrownBy(() -> store.append(Arrays.asList(Append.live(message("a")), null)))
        .isInstanceOf(NullPointerException.class);

    assertThat(store.watermark()).isZero();
  }

  @Test
  void a1_append_callerChangesTheBatchLater_nothingHappens() {
    List<Append> batch = new ArrayList<>(live(message("a")));
    store.append(batch);
    batch.clear();

    assertThat(names(log(store))).containsExactly("a");
  }

  @Test
  void a2_append_mixedBatch_newPositionsAreContiguous() {
    store.append(live(message("known")));
    List<Append> batch = new ArrayList<>(live(message("a"), message("known")));
    batch.addAll(backfill(message("old")));
    batch.addAll(outlier(message("b")));
    batch.addAll(live(message("c"), message("a")));

    assertThat(store.append(batch)).containsExactly(2L, 1L, -1L, 3L, 4L, 2L);
  }

  @Test
  void a2_append_noDepth_highestInItsRoomPlusOne() {
    store.append(live(message("a", 7), message("b", 3), message("c"), message("d")));
    store.append(live(messageIn(OTHER_ROOM, "e")));

    assertThat(read(store, "c").depth()).isEqualTo(8);
    assertThat(read(store, "d").depth()).isEqualTo(9);
    assertThat(read(store, "e").depth()).isEqualTo(1);
  }

  @Test
  void a2_append_noDepthAfterTheGreatestLong_staysThere() {
    store.append(live(message("a", Long.MAX_VALUE), message("b")));

    assertThat(names(history())).containsExactly("a", "b");
  }

  @Test
  void a3_append_knownId_changesNothing() {
    store.append(live(topic("a"), topic("b")));
    StoredEvent before = read(store, "a");

    assertThat(store.append(live(topic("a")))).containsExactly(1L);
    assertThat(store.append(outlier(topic("a")))).containsExactly(1L);
    assertThat(store.append(backfill(topic("a")))).containsExactly(1L);

    assertThat(read(store, "a")).isEqualTo(before);
    assertThat(names(state(store, ROOM, 2))).containsExactly("b");
  }

  @Test
  void a3_append_knownIdWithEntryUnknownByNow_isNotRefused() {
    store.append(live(message("a")));
    Append again = Append.live(message("a"), List.of(entryOf("m.room.topic", "", "unknown")));

    assertThat(store.append(List.of(again))).containsExactly(1L);
  }

  @Test
  void a3_append_knownAsBackfill_keepsItsPosition() {
    store.append(backfill(message("a")));

    assertThat(store.append(live(message("a")))).containsExactly(-1L);
    assertThat(store.watermark()).isZero();
  }

  @Test
  void a4_append_outlierBecomesLive_takesANewPositionAndKeepsTheOld() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    store.append(outlier(invite));

    assertThat(store.append(live(invite))).containsExactly(2L);
    assertThat(store.append(live(invite))).containsExactly(2L);
    assertThat(store.append(outlier(invite))).containsExactly(2L);

    assertThat(log(store))
        .extracting(StoredEvent::kind, StoredEvent::position, StoredEvent::subjectKnows)
        .containsExactly(tuple(EventKind.OUTLIER, 1L, false), tuple(EventKind.LIVE, 2L, true));
    assertThat(read(store, "a").kind()).isEqualTo(EventKind.LIVE);
  }

  @Test
  void a4_append_outlierAndLiveInOneBatch_twoPositions() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);

    assertThat(store.append(List.of(Append.outlier(invite), Append.live(invite))))
        .containsExactly(1L, 2L);
    assertThat(names(history())).containsExactly("a");
  }

  @Test
  void a4_append_outlierWithoutSubjectBecomesLive_nobodyKnowsIt() {
    store.append(outlier(message("a")));
    store.append(live(message("a")));

    assertThat(read(store, "a").subjectKnows()).isFalse();
  }

  @Test
  void a5_append_stateEvents_replacesNamesTheEntryBefore() {
    store.append(live(topic("a"), topic("b")));
    store.append(live(topic("c"), message("d")));

    assertThat(read(store, "a").replaces()).isEmpty();
    assertThat(read(store, "b").replaces()).contains(id("a"));
    assertThat(read(store, "c").replaces()).contains(id("b"));
    assertThat(read(store, "d").replaces()).isEmpty();
  }

  @Test
  void a5_append_eventAlreadyIsItsEntry_replacesNothingAndChangesNothing() {
    store.append(outlier(topic("a")));
    store.append(List.of(
        Append.live(message("b"), List.of(entryOf("m.room.topic", "", "a"))),
        Append.live(topic("a"))));

    assertThat(read(store, "a").replaces()).isEmpty();
    assertThat(read(store, "a").changes()).isEmpty();
    assertThat(names(state(store, ROOM, store.watermark()))).containsExactly("a");
  }

  @Test
  void a5_append_stateEventWithoutEntries_stateStays() {
    store.append(live(topic("a")));
    store.append(List.of(Append.live(topic("b"), List.of())));

    assertThat(names(state(store, ROOM, 2))).containsExactly("a");
    assertThat(read(store, "b").replaces()).contains(id("a"));
    assertThat(read(store, "b").changes()).isEmpty();
  }

  @Test
  void a5_append_namedEntries_takeEffectAtTheBringer() {
    store.append(live(topic("a"), topic("b"), member("j", BOB, Membership.JOIN)));
    store.append(List.of(Append.live(
        message("c"),
        List.of(entryOf("m.room.topic", "", "a"), gone(RoomEvent.MEMBER, BOB.value())))));

    assertThat(names(state(store, ROOM, 3))).containsExactlyInAnyOrder("b", "j");
    assertThat(names(state(store, ROOM, 4))).containsExactly("a");
    assertThat(read(store, "c").changes())
        .containsExactly(
            new EntryChange(4, "m.room.topic", "", Optional.of(id("a"))),
            new MemberChange(4, BOB, Membership.JOIN, Membership.LEAVE, Optional.empty()));
  }

  @Test
  void a5_append_entryNamesLaterEventOfTheBatch_isAccepted() {
    store.append(List.of(
        Append.live(message("a"), List.of(entryOf("m.room.topic", "", "b"))),
        Append.live(topic("b"))));

    assertThat(names(state(store, ROOM, 1))).containsExactly("b");
    assertThat(read(store, "b").changes()).isEmpty();
  }

  @Test
  void a5_append_entryTakenAwayThatIsNotThere_changesNothing() {
    store.append(List.of(Append.live(message("a"), List.of(gone("m.room.topic", "")))));

    assertThat(read(store, "a").changes()).isEmpty();
  }

  @Test
  void a5_append_memberWhoseKeyIsNoUser_isAnOrdinaryEntry() {
    store.append(
        live(event("a", ROOM, ALICE, RoomEvent.MEMBER).stateKey("nobody").build()));

    assertThat(read(store, "a").changes())
        .containsExactly(new EntryChange(1, RoomEvent.MEMBER, "nobody", Optional.of(id("a"))));
  }

  @Test
  void a5_append_visibility_boundaryOnlyAtItsOwnEvent() {
    store.append(live(
        visibility("a", HistoryVisibility.JOINED), visibility("b", HistoryVisibility.INVITED)));
    store.append(List.of(
        Append.live(message("c"), List.of(entryOf(RoomEvent.HISTORY_VISIBILITY, "", "a"))),
        Append.live(message("d"), List.of(gone(RoomEvent.HISTORY_VISIBILITY, "")))));

    assertThat(store.timelines(ALICE, List.of(ROOM), 4).get(ROOM).visibility())
        .containsExactly(
            change(1, HistoryVisibility.SHARED, HistoryVisibility.JOINED, "a", true),
            change(2, HistoryVisibility.JOINED, HistoryVisibility.INVITED, "b", true),
            change(3, HistoryVisibility.INVITED, HistoryVisibility.JOINED, "a", false),
            new VisibilityChange(
                4, HistoryVisibility.JOINED, HistoryVisibility.SHARED, Optional.empty(), false));
  }

  @Test
  void a5_append_outlierMember_changesMembershipAndNoState() {
    store.append(outlier(member("a", BOB, Membership.INVITE)));

    assertThat(state(store, ROOM, 1)).isEmpty();
    assertThat(store.memberships(BOB, 1))
        .isEqualTo(Map.of(
            ROOM,
            new MemberChange(1, BOB, Membership.LEAVE, Membership.INVITE, Optional.of(id("a")))));
    assertThat(read(store, "a").replaces()).isEmpty();
  }

  @Test
  void a5_append_joinAfterOutlierInvite_cameFromInvite() {
    store.append(outlier(member("a", BOB, Membership.INVITE)));
    store.append(live(member("b", BOB, Membership.JOIN)));
    store.append(outlier(member("c", BOB, Membership.LEAVE)));

    assertThat(store.timelines(BOB, List.of(ROOM), 3).get(ROOM).members())
        .extracting(MemberChange::before, MemberChange::after)
        .containsExactly(
            tuple(Membership.LEAVE, Membership.INVITE),
            tuple(Membership.INVITE, Membership.JOIN),
            tuple(Membership.JOIN, Membership.LEAVE));
    assertThat(read(store, "b").replaces()).isEmpty();
    assertThat(store.joinedMembers(List.of(ROOM), 3).get(ROOM)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"type", "key", "room", "message", "twice"})
  void a5_append_entryDoesNotFit_isRefused(String what) {
    store.append(live(topic("a"), message("b")));
    store.append(live(memberIn(OTHER_ROOM, "c", BOB, Membership.JOIN)));
    List<StateEntry> entries = switch (what) {
      case "type" -> List.of(entryOf("m.room.name", "", "a"));
      case "key" -> List.of(entryOf("m.room.topic", "other", "a"));
      case "room" -> List.of(entryOf(RoomEvent.MEMBER, BOB.value(), "c"));
      case "message" -> List.of(entryOf("m.room.message", "", "b"));
      default -> List.of(entryOf("m.room.topic", "", "a"), gone("m.room.topic", ""));
    };

    assertThatThrownBy(() -> store.append(List.of(Append.live(message("d"), entries))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$d");
    assertThat(store.watermark()).isEqualTo(3);
  }

  @Test
  void a5_append_outlierThatChangesState_isRefused() {
    Append wrong = new Append(
        topic("a"), EventKind.OUTLIER, List.of(StateEntry.of(topic("a"))), Optional.empty());

    assertThatThrownBy(() -> store.append(List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void k1_append_backfilledState_changesNeitherStateNorMembershipNorLog() {
    store.append(backfill(topic("a"), member("b", BOB, Membership.JOIN)));
    store.append(live(message("c")));

    assertThat(state(store, ROOM, 1)).isEmpty();
    assertThat(store.memberships(BOB, 1)).isEmpty();
    assertThat(store.joinedMembers(List.of(ROOM), 1).get(ROOM)).isEmpty();
    assertThat(names(log(store))).containsExactly("c");
    assertThat(store.log(Interest.of(ROOM), 0, 1, 9).events()).hasSize(1);
    assertThat(read(store, "a").changes()).isEmpty();
    assertThat(read(store, "a").replaces()).isEmpty();
  }

  @Test
  void k1_history_asOfBeforeTheBackfillCame_holdsIt() {
    store.append(live(message("a", 5)));
    store.append(backfill(message("b", 4)));

    assertThat(names(store.latest(Map.of(ROOM, Ranges.everything(0)), 9).get(ROOM)))
        .containsExactly("b");
  }

  @Test
  void k2_backfilledTo_falls_backfillIsReadable() {
    assertThat(store.backfilledTo()).isZero();

    store.append(backfill(message("a"), message("b")));

    assertThat(store.backfilledTo()).isEqualTo(-2);
    assertThat(read(store, "b").position()).isEqualTo(-2);
    assertThat(read(store, "b").visibility()).contains(HistoryVisibility.SHARED);
  }

  private List<StoredEvent> history() {
    return store.latest(Map.of(ROOM, Ranges.everything(store.watermark())), 99).get(ROOM);
  }

  private static StateEntry entryOf(String type, String stateKey, String name) {
    return new StateEntry(type, stateKey, Optional.of(id(name)));
  }

  private static VisibilityChange change(
      long position,
      HistoryVisibility before,
      HistoryVisibility after,
      String name,
      boolean boundary) {
    return new VisibilityChange(position, before, after, Optional.of(id(name)), boundary);
  }
}
