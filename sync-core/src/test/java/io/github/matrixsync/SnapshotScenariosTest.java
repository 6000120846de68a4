package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rooms a snapshot lists, and as of which position it shows them. */
class SnapshotScenariosTest {
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void initialSync_memberWhoWasBanned_seesTheRoomAsOfTheBan() {
    host.room(ROOM, ALICE, BOB);
    EventId ban = append(host.world.member(ROOM, ALICE, BOB, "ban"));
    append(host.world.event(ROOM, ALICE, "m.room.topic", "\"state_key\":\"\",", "{}"));

    RoomSnapshot room = host.engine().initialSync(BOB, 1).rooms().get(0);

    assertThat(room.membership().orElseThrow().value()).isEqualTo("ban");
    assertThat(room.messages().orElseThrow().chunk().get(0).id()).contains(ban);
    assertThat(room.state()).noneMatch(entry -> entry.type().equals("m.room.topic"));
  }

  @Test
  void initialSync_roomThatWasForgotten_isNotListed() {
    host.room(ROOM, ALICE, BOB);
    host.leave(ROOM, BOB);
    SnapshotOptions hidden = SnapshotOptions.DEFAULT.withLeftRooms(LeftRooms.HIDDEN);
    assertThat(host.engine().initialSync(BOB, 1).rooms()).hasSize(1);
    assertThat(host.engine().initialSync(BOB, 1, hidden).rooms()).isEmpty();

    host.settings.forget(BOB, ROOM);

    assertThat(host.engine().initialSync(BOB, 1).rooms()).isEmpty();
  }

  @Test
  void initialSync_thenAnEvent_streamGivesExactlyThat() {
    host.room(ROOM, ALICE);
    host.message(ROOM, ALICE);
    InitialSync snapshot = host.engine().initialSync(ALICE, 10);

    EventId message = append(host.world.message(ROOM, ALICE));

    assertThat(host.poll(ALICE, snapshot.end()).chunk())
        .extracting(event -> event.id().orElseThrow())
        .containsExactly(message);
  }

  @Test
  void initialSync_formerMemberRejectsAnInvite_seesTheRoomAsOfTheLeave() {
    host.room(ROOM, ALICE, BOB);
    EventId leave = host.leave(ROOM, BOB);
    host.message(ROOM, ALICE);
    append(host.world.member(ROOM, ALICE, BOB, "invite"));
    assertThat(only(BOB).messages()).isEmpty();
    EventId reject = append(host.world.member(ROOM, BOB, BOB, "leave"));

    RoomSnapshot room = only(BOB);

    assertThat(room.messages().orElseThrow().chunk().get(0).id()).contains(leave);
    assertThat(room.state())
        .extracting(ClientEvent::id)
        .anySatisfy(id -> assertThat(id).contains(reject));
    assertThat(room.state())
        .extracting(ClientEvent::id)
        .noneSatisfy(id -> assertThat(id).contains(leave));
  }

  @ParameterizedTest
  @ValueSource(strings = {"world_readable", "shared", "invited", "joined"})
  void initialSync_invited_hasInviterAndInviteAlone(String visibility) {
    host.world.create(ROOM, ALICE, visibility);
    EventId invite = append(host.world.member(ROOM, ALICE, BOB, "invite"));

    RoomSnapshot room = only(BOB);

    assertThat(room.membership()).contains(Membership.INVITE);
    assertThat(room.inviter()).contains(ALICE);
    assertThat(room.invite().flatMap(ClientEvent::id)).contains(invite);
    assertThat(room.messages()).isEmpty();
    assertThat(room.state()).isEmpty();
  }

  @Test
  void initialSync_invitedByOneWhomTheUserIgnores_isNotListed() {
    host.room(ROOM, ALICE);
    append(host.world.member(ROOM, ALICE, BOB, "invite"));
    host.settings.setIgnored(BOB, Set.of(ALICE));

    assertThat(host.engine().initialSync(BOB, 5).rooms()).isEmpty();
  }

  /** The stream does not show such an invitation, so the snapshot must still show the left room. */
  @Test
  void snapshot_leftRoomIntoWhichAnIgnoredUserInvites_isAsItWasLeft() {
    host.room(ROOM, ALICE, BOB);
    EventId leave = host.leave(ROOM, BOB);
    host.settings.setIgnored(BOB, Set.of(ALICE));
    RoomSnapshot before = only(BOB);
    StreamToken from = host.here();

    append(host.world.member(ROOM, ALICE, BOB, "invite"));
    append(host.world.member(ROOM, ALICE, BOB, "invite"));

    assertThat(host.poll(BOB, from).chunk()).isEmpty();
    assertThat(only(BOB).membership()).contains(Membership.LEAVE);
    assertThat(ids(only(BOB).messages().orElseThrow().chunk()))
        .isEqualTo(ids(before.messages().orElseThrow().chunk()))
        .contains(leave);
    assertThat(ids(only(BOB).state())).isEqualTo(ids(before.state()));
    RoomSnapshot room = host.engine().roomInitialSync(BOB, ROOM, 5).room();
    assertThat(room.membership()).contains(Membership.LEAVE);
    assertThat(ids(room.state())).isEqualTo(ids(before.state()));

    host.settings.forget(BOB, ROOM);
    assertThat(host.engine().initialSync(BOB, 5).rooms()).isEmpty();
    assertNotReadable(() -> host.engine().roomInitialSync(BOB, ROOM, 5));
    assertNotReadable(() -> host.engine().messages(BOB, ROOM, MessagesOptions.backward(5)));

    host.settings.setIgnored(BOB, Set.of());
    assertThat(only(BOB).membership()).contains(Membership.INVITE);
  }

  @Test
  void initialSync_roomInTheDirectory_isPublished() {
    MemoryRoomDirectory directory = MemoryRoomDirectory.create();
    directory.setPublished(ROOM, true);
    host.start(host.full().directory(directory));
    host.room(ROOM, ALICE);
    host.room(OTHER, ALICE);

    assertThat(host.engine().initialSync(ALICE, 1).rooms())
        .filteredOn(RoomSnapshot::published)
        .extracting(RoomSnapshot::room)
        .containsExactly(ROOM);
  }

  @Test
  void initialSync_fewerMessagesThanTheLimit_hasAllInOrder() {
    host.room(ROOM, ALICE);
    host.message(ROOM, ALICE);

    List<ClientEvent> chunk = only(ALICE, 100_000).messages().orElseThrow().chunk();

    assertThat(chunk)
        .extracting(ClientEvent::type)
        .containsExactly(
            "m.room.create", "m.room.member", "m.room.history_visibility", "m.room.message");
  }

  /** A failed read fails the snapshot; no room is shown with a part of its state. */
  @ParameterizedTest
  @ValueSource(strings = {"memberships", "timelines", "latest", "state"})
  void initialSync_oneReadFails_fails(String read) {
    host.room(ROOM, ALICE);
    HookedEvents store = new HookedEvents(host.events);
    SyncEngine engine = host.start(host.bare(store.store()));
    store.before(read, () -> {
      throw StoreException.failed("test", null);
    });

    assertThatThrownBy(() -> engine.initialSync(ALICE, 5)).isInstanceOf(StoreException.class);
    store.calm();
    assertThat(engine.initialSync(ALICE, 5).rooms()).hasSize(1);
  }

  @Test
  void roomInitialSync_invitedUnknownOrForgotten_isNotReadable() {
    host.room(ROOM, ALICE, CAROL);
    append(host.world.member(ROOM, ALICE, BOB, "invite"));
    host.leave(ROOM, CAROL);
    assertThat(host.engine().roomInitialSync(CAROL, ROOM, 1).room().membership())
        .contains(Membership.LEAVE);
    host.settings.forget(CAROL, ROOM);

    assertNotReadable(() -> host.engine().roomInitialSync(BOB, ROOM, 1));
    assertNotReadable(() -> host.engine().roomInitialSync(CAROL, ROOM, 1));
    assertNotReadable(() -> host.engine().roomInitialSync(ALICE, OTHER, 1));
  }

  @Test
  void roomInitialSync_left_showsTheRoomAsOfTheLeave() {
    host.room(ROOM, ALICE, BOB);
    EventId leave = host.leave(ROOM, BOB);
    append(host.world.event(ROOM, ALICE, "m.room.topic", "\"state_key\":\"\",", "{}"));
    host.message(ROOM, ALICE);

    RoomSnapshot room = host.engine().roomInitialSync(BOB, ROOM, 1).room();

    assertThat(room.messages().orElseThrow().chunk())
        .extracting(ClientEvent::id)
        .containsExactly(Optional.of(leave));
    assertThat(room.state()).noneMatch(entry -> entry.type().equals("m.room.topic"));
  }

  /** Peeking does not make the user a member: the answer has no membership and no member event of theirs. */
  @Test
  void roomInitialSync_peek_showsTheRoomOfNowWithoutAMembership() {
    host.world.create(ROOM, ALICE, "world_readable");
    EventId last = append(host.world.message(ROOM, ALICE));

    RoomSnapshot room = host.engine().roomInitialSync(BOB, ROOM, 1).room();

    assertThat(room.membership()).isEmpty();
    assertThat(room.messages().orElseThrow().chunk())
        .extracting(ClientEvent::id)
        .containsExactly(Optional.of(last));
    assertThat(room.state()).hasSize(3);
  }

  private static void assertNotReadable(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(RoomNotReadableException.class);
  }

  private static List<EventId> ids(List<ClientEvent> events) {
    return events.stream().map(event -> event.id().orElseThrow()).toList();
  }

  private RoomSnapshot only(UserId user) {
    return only(user, 1);
  }

  private RoomSnapshot only(UserId user, int limit) {
    List<RoomSnapshot> rooms = host.engine().initialSync(user, limit).rooms();
    assertThat(rooms).hasSize(1);
    return rooms.get(0);
  }

  private EventId append(RoomEvent event) {
    host.world.append(event);
    return event.id();
  }
}
