package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.TOPIC;
import static io.github.matrixsync.store.tck.support.Events.UNKNOWN_ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.memberIn;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.messageIn;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.Events.topicIn;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.require;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.RoomMembers;
import io.github.matrixsync.store.tck.support.Events;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests the reads that have defaults: the rules B4, S3 and S4. */
public interface SyncReadRules extends EventStoreFixture {
  @Test
  default void b4_newest_lateEventOfLowDepth_isAmongTheNewest() {
    List<Long> at = fill(message("a", 7), message("b", 8), message("c", 9), message("d", 2));

    assertThat(names(newest(due(start(), at.get(3)), 2))).containsExactly("d", "c");
    assertThat(names(newest(due(start(), at.get(3)), 9))).containsExactly("d", "c", "b", "a");
    assertThat(names(newest(due(start(), at.get(2)), 2))).containsExactly("c", "b");
  }

  @Test
  default void b4_newest_bounds_areThoseOfTheRanges() {
    List<Long> at = fill(message("a"), message("b"), message("c"), message("d"), message("e"));
    Ranges due = new Ranges(
        List.of(new Range(at.get(0), at.get(1)), new Range(at.get(2), at.get(3))),
        at.get(4),
        Optional.empty(),
        Set.of());

    assertThat(names(newest(due, 9))).containsExactly("d", "b");
    assertThat(names(newest(due, 1))).containsExactly("d");
    assertThat(newest(new Ranges(List.of(), at.get(4), Optional.of(ALICE), Set.of()), 9))
        .isEmpty();
  }

  @Test
  default void b4_newest_ownEvents_countAboveTheFirstRangeOnly() {
    List<Long> at = fill(
        messageIn(ROOM, BOB, "a"),
        messageIn(ROOM, ALICE, "b"),
        messageIn(ROOM, BOB, "c"),
        messageIn(ROOM, ALICE, "d"),
        member("e", BOB, Membership.LEAVE));
    Ranges due =
        new Ranges(List.of(new Range(at.get(0), at.get(1))), at.get(4), Optional.of(BOB), Set.of());

    assertThat(names(newest(due, 9))).containsExactly("e", "c", "b");
  }

  @Test
  default void b4_newest_ignoredSenders_areLeftOutBeforeTheLimit() {
    List<Long> at = fill(
        messageIn(ROOM, BOB, "a"),
        messageIn(ROOM, CAROL, "b"),
        messageIn(ROOM, BOB, "c"),
        messageIn(ROOM, CAROL, "d"));
    Ranges due = new Ranges(
        List.of(new Range(start(), at.get(3))),
        at.get(3),
        Optional.of(ALICE),
        Set.of(),
        Set.of(CAROL));

    assertThat(names(newest(due, 2))).containsExactly("c", "a");
  }

  @Test
  default void b4_newest_severalRooms_eachByItsOwnRanges() {
    List<Long> at = fill(message("a"), messageIn(OTHER_ROOM, BOB, "b"), message("c"));

    Map<RoomId, List<StoredEvent>> newest = tested()
        .newest(
            Map.of(
                ROOM, due(start(), at.get(1)),
                OTHER_ROOM, due(start(), at.get(2)),
                UNKNOWN_ROOM, due(start(), at.get(2))),
            5);

    assertThat(newest).containsOnlyKeys(ROOM, OTHER_ROOM, UNKNOWN_ROOM);
    assertThat(names(require(newest.get(ROOM), ROOM))).containsExactly("a");
    assertThat(names(require(newest.get(OTHER_ROOM), OTHER_ROOM))).containsExactly("b");
    assertThat(newest.get(UNKNOWN_ROOM)).isEmpty();
  }

  private List<StoredEvent> newest(Ranges due, int limit) {
    return require(tested().newest(Map.of(ROOM, due), limit).get(ROOM), ROOM);
  }

  private static Ranges due(long after, long upTo) {
    return new Ranges(List.of(new Range(after, upTo)), upTo, Optional.empty(), Set.of());
  }

  @Test
  default void s3_stateChanges_everyInterval_hasWhatDiffersAtItsEnds() {
    List<Long> at =
        fill(topic("a"), message("b"), member("c", BOB, Membership.JOIN), topic("d"), topic("e"));

    assertThat(changed(start(), at.get(0))).isEqualTo(Map.of(TOPIC, "a"));
    assertThat(changed(at.get(0), at.get(1))).isEmpty();
    assertThat(changed(start(), at.get(2))).isEqualTo(Map.of(TOPIC, "a", "m.room.member", "c"));
    assertThat(changed(at.get(0), at.get(3))).isEqualTo(Map.of(TOPIC, "d", "m.room.member", "c"));
    assertThat(changed(at.get(2), at.get(4))).isEqualTo(Map.of(TOPIC, "e"));
    assertThat(changed(at.get(3), at.get(4))).isEqualTo(Map.of(TOPIC, "e"));
  }

  @Test
  default void s3_stateChanges_positions_areOfTheLastChangeOrTheEnd() {
    List<Long> at = fill(topic("a"), topic("b"), message("c"), message("d"));

    List<EntryChange> changes = changes(ROOM, new Range(start(), at.get(3)));

    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).position()).isIn(at.get(1), at.get(3));
  }

  @Test
  default void s3_stateChanges_severalRooms_eachInItsOwnInterval() {
    List<Long> at = fill(topic("a"), topicIn(OTHER_ROOM, "b"), topic("c"));

    Map<RoomId, List<EntryChange>> changes = tested()
        .stateChanges(Map.of(
            ROOM, new Range(start(), at.get(1)),
            OTHER_ROOM, new Range(at.get(1), at.get(2)),
            UNKNOWN_ROOM, new Range(start(), at.get(2))));

    assertThat(changes).containsOnlyKeys(ROOM, OTHER_ROOM, UNKNOWN_ROOM);
    assertThat(changes.get(ROOM))
        .extracting(EntryChange::event)
        .containsExactly(Optional.of(id("a")));
    assertThat(changes.get(OTHER_ROOM)).isEmpty();
    assertThat(changes.get(UNKNOWN_ROOM)).isEmpty();
  }

  /** Returns the name of the event that each type's entry now is. */
  private Map<String, String> changed(long after, long upTo) {
    return changes(ROOM, new Range(after, upTo)).stream()
        .collect(Collectors.toMap(
            EntryChange::type, change -> Events.name(change.event().orElseThrow())));
  }

  private List<EntryChange> changes(RoomId room, Range interval) {
    return require(tested().stateChanges(Map.of(room, interval)).get(room), room);
  }

  @Test
  default void s4_members_asOfThePast_areCountedByTheState() {
    List<Long> at = fill(
        member("a", BOB, Membership.INVITE),
        member("b", ALICE, Membership.JOIN),
        member("c", BOB, Membership.JOIN),
        member("d", ALICE, Membership.BAN),
        member("e", CAROL, Membership.KNOCK));

    assertThat(members(start(), 5)).isEqualTo(RoomMembers.EMPTY);
    assertThat(members(at.get(0), 5)).isEqualTo(of(List.of(), List.of(BOB), List.of()));
    assertThat(members(at.get(1), 5)).isEqualTo(of(List.of(ALICE), List.of(BOB), List.of()));
    assertThat(members(at.get(2), 5)).isEqualTo(of(List.of(ALICE, BOB), List.of(), List.of()));
    assertThat(members(at.get(3), 5)).isEqualTo(of(List.of(BOB), List.of(), List.of(ALICE)));
    assertThat(members(at.get(4), 5)).isEqualTo(of(List.of(BOB), List.of(), List.of(ALICE)));
  }

  @Test
  default void s4_members_first_areThoseOfTheOldestMemberEvents() {
    List<Long> at = fill(
        member("a", CAROL, Membership.JOIN),
        member("b", ALICE, Membership.JOIN),
        member("c", BOB, Membership.JOIN),
        member("d", CAROL, Membership.JOIN));

    assertThat(members(at.get(3), 2))
        .isEqualTo(new RoomMembers(3, 0, List.of(ALICE, BOB), List.of(), List.of()));
    assertThat(members(at.get(3), 0))
        .isEqualTo(new RoomMembers(3, 0, List.of(), List.of(), List.of()));
    assertThat(members(at.get(2), 1).firstJoined()).containsExactly(CAROL);
  }

  @Test
  default void s4_members_severalRooms_areThoseOfEach() {
    List<Long> at =
        fill(member("a", BOB, Membership.JOIN), memberIn(OTHER_ROOM, "b", BOB, Membership.LEAVE));

    Map<RoomId, RoomMembers> members =
        tested().members(List.of(ROOM, OTHER_ROOM, UNKNOWN_ROOM), at.get(1), 5);

    assertThat(members)
        .isEqualTo(Map.of(
            ROOM, of(List.of(BOB), List.of(), List.of()),
            OTHER_ROOM, of(List.of(), List.of(), List.of(BOB)),
            UNKNOWN_ROOM, RoomMembers.EMPTY));
  }

  private RoomMembers members(long upTo, int heroes) {
    return require(tested().members(List.of(ROOM), upTo, heroes).get(ROOM), ROOM);
  }

  private static RoomMembers of(List<UserId> joined, List<UserId> invited, List<UserId> gone) {
    return new RoomMembers(joined.size(), invited.size(), joined, invited, gone);
  }
}
