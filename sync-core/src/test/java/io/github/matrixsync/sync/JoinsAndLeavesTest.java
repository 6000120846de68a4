package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.SyncHost.AFTER;
import static io.github.matrixsync.sync.SyncHost.number;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Faults that servers had with joins, leaves and invites, each as a scenario. */
class JoinsAndLeavesTest {
  private static final SyncOptions WITH_LEFT =
      SyncHost.filter("{\"room\":{\"include_leave\":true}}");

  private final SyncHost host = new SyncHost();

  @BeforeEach
  void createTheRoom() {
    host.host.room(ROOM, ALICE);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/dendrite/pull/1394")
  void sync_joinsLeavesJoins_isJoinedAlone() {
    StreamToken token = host.first(BOB);
    host.host.join(ROOM, BOB);
    host.host.leave(ROOM, BOB);
    host.host.join(ROOM, BOB);

    assertThat(SyncText.of(host.sync(BOB, token), ROOM))
        .startsWith("join [")
        .contains("limited")
        .doesNotContain("AND");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/dendrite/pull/1394, second part")
  void sync_invitationRejectedThenJoined_isJoinedAlone() {
    host.member(ROOM, ALICE, BOB, "invite");
    host.host.leave(ROOM, BOB);
    StreamToken token = host.first(BOB);
    host.host.join(ROOM, BOB);

    SyncResponse answer = host.sync(BOB, token, SyncOptions.DEFAULT.withFullState(true));

    assertThat(SyncText.of(answer, ROOM)).startsWith("join [").doesNotContain("AND");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/1413")
  void sync_joinedAndLeftSince_isLeftWithItsState() {
    EventId topic = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    StreamToken token = host.first(BOB);
    host.host.join(ROOM, BOB);
    host.host.leave(ROOM, BOB);

    SyncResponse answer = host.sync(
        BOB,
        token,
        SyncHost.filter("{\"room\":{\"include_leave\":true,\"timeline\":{\"types\":[]},"
            + "\"state\":{\"types\":[\"m.room.topic\"]}}}"));

    assertThat(SyncText.of(answer, ROOM))
        .startsWith("leave []")
        .endsWith(" state " + number(topic));
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/3305")
  void sync_joinsAgainAtALowDepth_isFullAndLimited() {
    EventId high = host.append(
        host.host.world.member(ROOM, BOB, BOB, "join").toBuilder().depth(1_000).build());
    host.host.leave(ROOM, BOB);
    StreamToken token = host.first(BOB);
    host.append(
        host.host.world.member(ROOM, BOB, BOB, "join").toBuilder().depth(5).build());

    JoinedRoom room = host.sync(BOB, token, AFTER).rooms().join().get(ROOM);

    assertThat(room.timeline().limited()).isTrue();
    assertThat(room.state()).hasSize(4);
    assertThat(high).isNotNull();
  }

  @Test
  @DisplayName("https://github.com/element-hq/element-web/issues/7303")
  void sync_invitationAccepted_hasAllStateButMembersNotSeen() {
    host.member(ROOM, ALICE, CAROL, "invite");
    EventId topic = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    host.member(ROOM, ALICE, BOB, "invite");
    SyncOptions lazy = SyncHost.lazy(1).withStateMode(StateMode.AFTER);
    StreamToken token = host.first(BOB, lazy);
    EventId join = host.host.join(ROOM, BOB);

    List<String> state = List.of(
        SyncText.numbers(host.sync(BOB, token, lazy).rooms().join().get(ROOM).state())
            .split(" "));

    // Create, visibility, alice as a hero, carol as a hero, bob himself, the topic.
    assertThat(state).hasSize(6).contains(number(topic), number(join));
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/pull/2056")
  void sync_invitationRejectedInARoomOfJoinedVisibility_isLeft() {
    host.state(ROOM, ALICE, "m.room.history_visibility", "{\"history_visibility\":\"joined\"}");
    StreamToken token = host.first(BOB);
    EventId invite = host.member(ROOM, ALICE, BOB, "invite");
    EventId leave = host.host.leave(ROOM, BOB);

    assertThat(SyncText.of(host.sync(BOB, token), ROOM))
        .matches("leave \\[" + number(invite) + " " + number(leave) + "] from s\\d+ state");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/pull/7804")
  void sync_outlierInvitationRejected_isLeftWithTheOwnEventAlone() {
    var elsewhere = World.room("elsewhere");
    outlier(host.host.world.member(elsewhere, ALICE, BOB, "invite"));
    SyncResponse invited = host.sync(BOB, null);
    RoomEvent leave = host.host.world.member(elsewhere, BOB, BOB, "leave");
    outlier(leave);

    SyncResponse answer = host.sync(BOB, invited.nextBatch());

    assertThat(SyncText.of(invited, elsewhere)).isEqualTo("invite m.room.member");
    assertThat(SyncText.of(answer, elsewhere))
        .isEqualTo("leave [" + number(leave.id()) + "] state");
    assertThat(SyncText.of(host.sync(BOB, null, WITH_LEFT), elsewhere)).isEqualTo("none");
  }

  private void outlier(RoomEvent event) {
    host.host.events.append(List.of(Append.outlier(event)));
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/11506")
  void sync_invitedBySomebodyIgnored_isNotInvited() {
    var other = World.room("other");
    host.host.room(other, CAROL);
    host.host.settings.setIgnored(BOB, Set.of(ALICE));
    StreamToken token = host.first(BOB);
    host.member(ROOM, ALICE, BOB, "invite");
    host.member(other, CAROL, BOB, "invite");

    for (SyncOptions options :
        List.of(SyncOptions.DEFAULT, SyncOptions.DEFAULT.withFullState(true))) {
      SyncResponse answer = host.sync(BOB, token, options);

      assertThat(answer.rooms().invite()).containsOnlyKeys(other);
      assertThat(SyncText.of(answer, ROOM)).isEqualTo("none");
    }
  }

  @Test
  @DisplayName("an invitation by an erased user is sent without its content")
  void sync_invitationByAnErasedUserRejected_isRedacted() {
    StreamToken token = host.first(BOB);
    host.append(host.host.world.event(
        ROOM,
        ALICE,
        "m.room.member",
        "\"state_key\":\"@b:h\",",
        "{\"membership\":\"invite\",\"reason\":\"secret\"}"));
    host.host.leave(ROOM, BOB);
    String before = timelineOf(host.sync(BOB, token));
    host.host.settings.erase(ALICE);

    assertThat(before).contains("secret");
    assertThat(timelineOf(host.sync(BOB, token)))
        .contains("\"membership\":\"invite\"")
        .doesNotContain("secret");
  }

  private static String timelineOf(SyncResponse answer) {
    return answer.rooms().leave().get(ROOM).timeline().events().stream()
        .map(event -> event.json().toString())
        .toList()
        .toString();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/matrix-spec/issues/1458")
  void sync_leftAndForgotten_isLeftInTheIncrementAlone() {
    host.host.join(ROOM, BOB);
    StreamToken token = host.first(BOB);
    EventId leave = host.host.leave(ROOM, BOB);
    host.host.settings.forget(BOB, ROOM);

    assertThat(SyncText.of(host.sync(BOB, token), ROOM))
        .startsWith("leave [" + number(leave) + "]");
    assertThat(SyncText.of(host.sync(BOB, null, WITH_LEFT), ROOM)).isEqualTo("none");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/13262")
  void sync_forgottenAndJoinedAgain_isJoined() {
    host.host.join(ROOM, BOB);
    host.host.leave(ROOM, BOB);
    host.host.settings.forget(BOB, ROOM);
    host.host.join(ROOM, BOB);

    assertThat(SyncText.of(host.sync(BOB, null), ROOM)).startsWith("join [");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/1471")
  void sync_leftLongAgo_isNotListedAgain() {
    host.host.join(ROOM, BOB);
    host.host.leave(ROOM, BOB);
    StreamToken token = host.first(BOB);
    for (int i = 0; i < 20; i++) {
      host.message(ROOM, ALICE);
    }

    assertThat(host.sync(BOB, token, WITH_LEFT).rooms().isEmpty()).isTrue();
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/issues/18030")
  void sync_knockRefusedOrAccepted_isLeftOrInvited() {
    host.member(ROOM, BOB, BOB, "knock");
    SyncResponse knocking = host.sync(BOB, null);
    EventId refusal = host.member(ROOM, ALICE, BOB, "leave");
    SyncResponse refused = host.sync(BOB, knocking.nextBatch());
    host.member(ROOM, BOB, BOB, "knock");
    host.member(ROOM, ALICE, BOB, "invite");
    SyncResponse accepted = host.sync(BOB, refused.nextBatch());

    assertThat(SyncText.of(knocking, ROOM)).startsWith("knock ");
    assertThat(SyncText.of(refused, ROOM)).startsWith("leave [" + number(refusal) + "]");
    assertThat(SyncText.of(accepted, ROOM)).startsWith("invite ");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/matrix-spec-proposals/pull/4311")
  void sync_invitationToARoomOfHere_isStrippedWithTheCreateEvent() {
    host.member(ROOM, ALICE, BOB, "invite");

    var invite = host.sync(BOB, null).rooms().invite().get(ROOM);

    assertThat(invite)
        .extracting(event -> event.json().toString())
        .containsExactly(
            "{\"type\":\"m.room.create\",\"state_key\":\"\",\"sender\":\"@a:h\","
                + "\"content\":{\"creator\":\"@a:h\"}}",
            "{\"type\":\"m.room.member\",\"state_key\":\"@b:h\",\"sender\":\"@a:h\","
                + "\"content\":{\"membership\":\"invite\"}}");
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/pull/16932")
  void sync_limitZero_listsTheRoomThatWasLeft() {
    host.host.join(ROOM, BOB);
    StreamToken token = host.first(BOB);
    EventId leave = host.host.leave(ROOM, BOB);
    EventId later = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    SyncOptions none =
        SyncHost.filter("{\"room\":{\"include_leave\":true,\"timeline\":{\"limit\":0}}}");

    String increment = SyncText.of(host.sync(BOB, token, none), ROOM);
    String first = SyncText.of(host.sync(BOB, null, none), ROOM);

    assertThat(increment).matches("leave \\[] limited from s\\d+.* state " + number(leave));
    assertThat(List.of(first.split(" ")))
        .startsWith("leave", "[]")
        .contains(number(leave))
        .doesNotContain(number(later));
  }

  @Test
  @DisplayName("a poll ends with the departure, and the next one waits though the room goes on")
  void sync_leavesElsewhere_endsThePollAndLaterOnesWait() {
    host.host.join(ROOM, BOB);
    CompletableFuture<SyncResponse> poll = host.park(BOB, host.first(BOB));
    host.host.leave(ROOM, BOB);

    assertThat(poll).isCompleted();
    assertThat(SyncText.of(poll.join(), ROOM)).startsWith("leave ");

    CompletableFuture<SyncResponse> next = host.park(BOB, poll.join().nextBatch());
    host.message(ROOM, ALICE);

    assertThat(next).isNotCompleted();
  }
}
