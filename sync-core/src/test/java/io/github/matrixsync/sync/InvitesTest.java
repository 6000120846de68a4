package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.SyncHost.number;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which invitations and knocks clients get, when, and with which state. */
class InvitesTest {
  private static final RoomId ELSEWHERE = World.room("elsewhere");

  private final SyncHost host = new SyncHost();

  @BeforeEach
  void createTheRoom() {
    host.host.room(ROOM, ALICE);
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Entries from another server may have more than the four members, or may not be events at all. */
  @ParameterizedTest
  @CsvSource({"invite, invite_room_state", "knock, knock_room_state"})
  void sync_roomOfAnotherServer_hasTheStrippedStateThatCameWithIt(
      String membership, String member) {
    String state = "[{\"type\":\"m.room.name\",\"state_key\":\"\",\"sender\":\"@a:h\","
        + "\"content\":{\"name\":\"N\"},\"event_id\":\"$n:h\",\"origin_server_ts\":1,\"unsigned\":{}},"
        + "{\"type\":\"m.room.topic\"},7,{\"type\":5,\"state_key\":\"\",\"sender\":\"@a:h\"}]";
    var sender = membership.equals("invite") ? ALICE : BOB;
    var event = host.host.world.event(
        ELSEWHERE,
        sender,
        "m.room.member",
        "\"state_key\":\"@b:h\",\"unsigned\":{\"" + member + "\":" + state + "},",
        "{\"membership\":\"" + membership + "\"}");
    host.host.events.append(List.of(Append.outlier(event)));

    SyncRooms rooms = host.sync(BOB, null).rooms();

    List<ClientEvent> shown =
        (membership.equals("invite") ? rooms.invite() : rooms.knock()).get(ELSEWHERE);
    assertThat(shown)
        .extracting(each -> each.json().toString())
        .containsExactly(
            "{\"type\":\"m.room.name\",\"state_key\":\"\",\"sender\":\"@a:h\","
                + "\"content\":{\"name\":\"N\"}}",
            "{\"type\":\"m.room.member\",\"state_key\":\"@b:h\",\"sender\":\"" + sender
                + "\",\"content\":{\"membership\":\"" + membership + "\"}}");
  }

  @Test
  void sync_unansweredInvitation_isInOneIncrementAndInEveryCompleteAnswer() {
    StreamToken token = host.first(BOB);
    host.member(ROOM, ALICE, BOB, "invite");

    SyncResponse increment = host.sync(BOB, token);
    host.message(ROOM, ALICE);

    assertThat(increment.rooms().invite()).containsKey(ROOM);
    assertThat(host.sync(BOB, increment.nextBatch()).rooms().isEmpty()).isTrue();
    assertThat(host.sync(BOB, null).rooms().invite()).containsKey(ROOM);
    SyncOptions full = SyncOptions.DEFAULT.withFullState(true);
    assertThat(host.sync(BOB, increment.nextBatch(), full).rooms().invite()).containsKey(ROOM);
  }

  @Test
  void sync_userWhoBlocksInvites_getsNoneUntilInvitesAreAllowedAgain() {
    StreamToken token = host.first(BOB);
    host.host.settings.setBlocksInvites(BOB, true);
    CompletableFuture<SyncResponse> poll = host.park(BOB, token);
    host.member(ROOM, ALICE, BOB, "invite");

    assertThat(poll).isNotDone();
    assertThat(host.sync(BOB, token).rooms().isEmpty()).isTrue();
    assertThat(host.sync(BOB, null).rooms().isEmpty()).isTrue();
    assertThat(host.engine().initialSync(BOB, 1).rooms()).isEmpty();

    host.host.settings.setBlocksInvites(BOB, false);

    assertThat(host.sync(BOB, null).rooms().invite()).containsKey(ROOM);
  }

  /** The blocked invitation leaves the room as it was: left. */
  @Test
  void sync_blockedInvitationToALeftRoom_roomStaysLeft() {
    host.host.join(ROOM, BOB);
    StreamToken joined = host.first(BOB);
    EventId leave = host.host.leave(ROOM, BOB);
    host.host.settings.setBlocksInvites(BOB, true);
    host.member(ROOM, ALICE, BOB, "invite");

    assertThat(SyncText.of(host.sync(BOB, joined), ROOM))
        .startsWith("leave [" + number(leave) + "]");
  }
}
