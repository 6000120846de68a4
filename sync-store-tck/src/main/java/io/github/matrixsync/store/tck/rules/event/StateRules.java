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
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.Events.topicIn;
import static io.github.matrixsync.store.tck.support.Events.visibility;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.joined;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static io.github.matrixsync.store.tck.support.StoreReads.timelines;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.state.VisibilityChange;
import io.github.matrixsync.store.tck.support.Events;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Tests a room's state and members, now and as of earlier positions: the rules S, and A5 for events that set their own
 * entries.
 */
public interface StateRules extends EventStoreFixture {
  @Test
  default void s1_state_everyPosition_isExact() {
    List<Long> at =
        fill(topic("a"), message("b"), topic("c"), member("d", BOB, Membership.JOIN), topic("e"));

    assertThat(names(state(tested(), ROOM, start()))).isEmpty();
    assertThat(names(state(tested(), ROOM, at.get(0)))).containsExactly("a");
    assertThat(names(state(tested(), ROOM, at.get(1)))).containsExactly("a");
    assertThat(names(state(tested(), ROOM, at.get(2)))).containsExactly("c");
    assertThat(names(state(tested(), ROOM, at.get(3)))).containsExactlyInAnyOrder("c", "d");
    assertThat(names(state(tested(), ROOM, at.get(4)))).containsExactlyInAnyOrder("d", "e");
  }

  @Test
  default void s1_state_severalRooms_eachAsOfItsOwnPosition() {
    List<Long> at = fill(topic("a"), topicIn(OTHER_ROOM, "b"), topic("c"));

    Map<RoomId, List<StoredEvent>> states =
        tested().state(Map.of(ROOM, at.get(1), OTHER_ROOM, at.get(2), UNKNOWN_ROOM, at.get(2)));

    assertThat(states).containsOnlyKeys(ROOM, OTHER_ROOM, UNKNOWN_ROOM);
    assertThat(states.get(ROOM)).extracting(StoredEvent::event).containsExactly(topic("a"));
    assertThat(states.get(OTHER_ROOM)).extracting(StoredEvent::position).containsExactly(at.get(1));
    assertThat(states.get(UNKNOWN_ROOM)).isEmpty();
  }

  @Test
  default void s2_memberships_asOfThePast_leftRoomsIncluded() {
    List<Long> at = fill(
        member("a", BOB, Membership.JOIN),
        member("b", BOB, Membership.JOIN),
        member("c", BOB, Membership.LEAVE),
        memberIn(OTHER_ROOM, "d", BOB, Membership.BAN));

    assertThat(tested().memberships(BOB, start())).isEmpty();
    assertThat(tested().memberships(BOB, at.get(1)))
        .isEqualTo(Map.of(ROOM, change(at.get(1), Membership.JOIN, Membership.JOIN, "b")));
    assertThat(tested().memberships(BOB, at.get(3)))
        .isEqualTo(Map.of(
            ROOM,
            change(at.get(2), Membership.JOIN, Membership.LEAVE, "c"),
            OTHER_ROOM,
            change(at.get(3), Membership.LEAVE, Membership.BAN, "d")));
    assertThat(tested().memberships(ALICE, at.get(3))).isEmpty();
  }

  @Test
  default void s2_memberships_ofSeveralUsers_areThoseOfEach() {
    List<Long> at = fill(
        member("a", BOB, Membership.JOIN),
        memberIn(OTHER_ROOM, "b", ALICE, Membership.INVITE),
        memberIn(OTHER_ROOM, "c", BOB, Membership.JOIN),
        member("d", BOB, Membership.LEAVE));
    List<UserId> users = List.of(ALICE, CAROL, BOB);

    for (long upTo : at) {
      Map<UserId, Map<RoomId, MemberChange>> ofEach = tested().memberships(users, upTo);
      assertThat(ofEach).containsOnlyKeys(users);
      for (UserId user : users) {
        assertThat(ofEach.get(user))
            .as("memberships of %s as of %d, asked for with others", user, upTo)
            .isEqualTo(tested().memberships(user, upTo));
      }
    }
    assertThat(tested().memberships(users, at.get(3)).get(BOB)).hasSize(2);
  }

  @Test
  default void s2_joinedMembers_asOfThePast_isExact() {
    List<Long> at = fill(
        member("a", BOB, Membership.INVITE),
        member("b", BOB, Membership.JOIN),
        member("c", ALICE, Membership.JOIN),
        member("d", BOB, Membership.JOIN),
        member("e", BOB, Membership.BAN));

    assertThat(joined(tested(), ROOM, at.get(0))).isEmpty();
    assertThat(joined(tested(), ROOM, at.get(1))).containsExactly(BOB);
    assertThat(joined(tested(), ROOM, at.get(3))).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(joined(tested(), ROOM, at.get(4))).containsExactly(ALICE);
    assertThat(joined(tested(), UNKNOWN_ROOM, at.get(4))).isEmpty();
  }

  @Test
  default void s2_timelines_asOfThePast_holdTheViewersTurnsAndTheVisibility() {
    List<Long> at = fill(
        member("a", BOB, Membership.JOIN),
        visibility("b", HistoryVisibility.INVITED),
        member("c", ALICE, Membership.JOIN),
        visibility("d", HistoryVisibility.JOINED),
        member("e", BOB, Membership.LEAVE));
    MemberChange join = change(at.get(0), Membership.LEAVE, Membership.JOIN, "a");
    VisibilityChange invited = new VisibilityChange(
        at.get(1), HistoryVisibility.SHARED, HistoryVisibility.INVITED, Optional.of(id("b")), true);
    VisibilityChange joined = new VisibilityChange(
        at.get(3), HistoryVisibility.INVITED, HistoryVisibility.JOINED, Optional.of(id("d")), true);
    MemberChange leave = change(at.get(4), Membership.JOIN, Membership.LEAVE, "e");

    assertThat(timelines(tested(), BOB, ROOM, start())).isEqualTo(Timelines.EMPTY);
    assertThat(timelines(tested(), BOB, ROOM, at.get(2)))
        .isEqualTo(new Timelines(List.of(join), List.of(invited)));
    assertThat(timelines(tested(), BOB, ROOM, at.get(4)))
        .isEqualTo(new Timelines(List.of(join, leave), List.of(invited, joined)));
    assertThat(timelines(tested(), BOB, UNKNOWN_ROOM, at.get(4))).isEqualTo(Timelines.EMPTY);
  }

  @Test
  default void s1_state_randomHistory_isExactAtEveryPosition() {
    RandomRoom room = RandomRoom.fillInto(this);
    LongStream.rangeClosed(0, room.size())
        .forEach(count -> assertThat(state(tested(), ROOM, room.positionAfter(count)))
            .as("after event %d of the room of seed %d", count, room.seed())
            .extracting(stored -> stored.event().id())
            .containsExactlyInAnyOrderElementsOf(room.stateAfter(count)));
  }

  @Test
  default void s2_joinedMembersAndMemberships_randomHistory_areExactAtEveryPosition() {
    RandomRoom room = RandomRoom.fillInto(this);
    LongStream.rangeClosed(0, room.size()).forEach(count -> {
      long upTo = room.positionAfter(count);
      assertThat(joined(tested(), ROOM, upTo))
          .as("after event %d of the room of seed %d", count, room.seed())
          .isEqualTo(room.joinedAfter(count));
      assertThat(Optional.ofNullable(tested().memberships(BOB, upTo).get(ROOM))
              .map(MemberChange::after))
          .as("after event %d of the room of seed %d", count, room.seed())
          .isEqualTo(room.membershipAfter(BOB, count));
    });
  }

  @Test
  default void a5_events_stateEvent_saysWhatItReplacesAlsoWithinABatch() {
    fill(topic("a"), topic("b"));
    fill(topic("c"), message("d"), topicIn(OTHER_ROOM, "e"));

    assertThat(event(tested(), "a").replaces()).isEmpty();
    assertThat(event(tested(), "b").replaces()).contains(id("a"));
    assertThat(event(tested(), "c").replaces()).contains(id("b"));
    assertThat(event(tested(), "d").replaces()).isEmpty();
    assertThat(event(tested(), "e").replaces()).isEmpty();
  }

  @Test
  default void a5_events_stateEvent_saysWhatItChanged() {
    List<Long> at = fill(
        topic("a"),
        member("b", BOB, Membership.INVITE),
        visibility("c", HistoryVisibility.JOINED),
        message("d"),
        member("e", BOB, Membership.JOIN));

    assertThat(event(tested(), "a").changes())
        .containsExactly(new EntryChange(at.get(0), TOPIC, "", Optional.of(id("a"))));
    assertThat(event(tested(), "b").changes())
        .containsExactly(change(at.get(1), Membership.LEAVE, Membership.INVITE, "b"));
    assertThat(event(tested(), "c").changes())
        .containsExactly(new VisibilityChange(
            at.get(2),
            HistoryVisibility.SHARED,
            HistoryVisibility.JOINED,
            Optional.of(id("c")),
            true));
    assertThat(event(tested(), "d").changes()).isEmpty();
    assertThat(event(tested(), "e").changes())
        .containsExactly(change(at.get(4), Membership.INVITE, Membership.JOIN, "e"));
  }

  @Test
  default void a5_events_memberEventWhoseKeyIsNoUser_isAnEntryLikeOthers() {
    long at = fill(Events.event("a", ROOM, ALICE, RoomEvent.MEMBER)
            .stateKey("nobody")
            .build())
        .get(0);

    assertThat(event(tested(), "a").changes())
        .containsExactly(new EntryChange(at, RoomEvent.MEMBER, "nobody", Optional.of(id("a"))));
  }

  private static MemberChange change(long at, Membership before, Membership after, String name) {
    return new MemberChange(at, BOB, before, after, Optional.of(id(name)));
  }
}
