package io.github.matrixsync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the rules of a room forbid is refused, and the message says why. */
class RulesTest {
  private final MatrixWorld world = MatrixWorld.create();
  private final TestUser alice = world.user("alice");
  private final TestUser bob = world.user("bob");
  private final TestUser carol = world.user("carol");
  private final TestRoom room = alice.creates("here").with(bob);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void says_afterLeaving_tellsWhenTheUserLeft() {
    var left = bob.leaves(room);

    assertThatThrownBy(() -> bob.says(room, "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("@bob:test is not in !here:test (left at " + left
            + "); only members can speak. "
            + "To put an event in against the rules, use world.append(…)");
  }

  @Test
  void says_afterAKick_tellsOfTheKick() {
    var kick = alice.kicks(room, bob);
    assertThatThrownBy(() -> bob.says(room, "x"))
        .hasMessageStartingWith("@bob:test is not in !here:test (was removed at " + kick + ");");

    bob.joins(room);
    var left = bob.leaves(room);
    assertThatThrownBy(() -> bob.says(room, "x"))
        .hasMessageStartingWith("@bob:test is not in !here:test (left at " + left + ");");
  }

  @Test
  void says_afterABanThatEnded_tellsOfItsEnd() {
    var ban = alice.bans(room, bob);
    assertThatThrownBy(() -> bob.says(room, "x"))
        .hasMessageStartingWith("@bob:test is not in !here:test (was banned at " + ban + ");");

    var unban = alice.unbans(room, bob);
    assertThatThrownBy(() -> bob.says(room, "x"))
        .hasMessageStartingWith("@bob:test is not in !here:test (was removed at " + unban + ");");
  }

  @Test
  void says_byAStranger_isForbidden() {
    assertThatThrownBy(() -> carol.says(room, "x"))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.errcode()).isEqualTo("M_FORBIDDEN"))
        .hasMessageStartingWith("@carol:test is not in !here:test (never joined); only members");
  }

  @Test
  void kicks_withTooLittlePower_tellsBothLevels() {
    room.with(carol);

    assertThatThrownBy(() -> bob.kicks(room, carol))
        .isInstanceOf(RefusedException.class)
        .hasMessage("@bob:test has power 0 in !here:test and needs 50 to kick @carol:test "
            + "(M_FORBIDDEN). To put an event in against the rules, use world.append(…)");
  }

  @Test
  void kicks_ofSomebodyAsPowerful_needsMorePower() {
    room.with(carol).power(bob, 50).power(carol, 50);

    assertThatThrownBy(() -> bob.kicks(room, carol))
        .hasMessageStartingWith("@bob:test has power 50 in !here:test and needs 51 to kick");
  }

  @Test
  void kicks_withEnoughPower_removes() {
    room.with(carol).power(bob, 50);

    bob.kicks(room, carol);

    assertThat(room.members()).containsExactly(alice.id(), bob.id());
  }

  @Test
  void unbans_ofOneWhoIsNotBanned_changesNothing() {
    var invite = alice.invites(room, carol);

    assertThatThrownBy(() -> alice.unbans(room, bob))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.errcode()).isEqualTo("M_FORBIDDEN"))
        .hasMessageStartingWith("@bob:test is not banned from !here:test (joined at ");
    assertThatThrownBy(() -> alice.unbans(room, carol))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("@carol:test is not banned from !here:test (was invited at "
            + invite + ") (M_FORBIDDEN). ");
    carol.joins(room);
    assertThat(room.members()).containsExactly(alice.id(), bob.id(), carol.id());
  }

  @Test
  void kicks_ofOneWhoIsBanned_keepsTheBan() {
    alice.bans(room, bob);

    assertThatThrownBy(() -> alice.kicks(room, bob))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.errcode()).isEqualTo("M_FORBIDDEN"))
        .hasMessageStartingWith("@bob:test is not in !here:test (was banned at ");
    assertThatThrownBy(() -> bob.joins(room)).isInstanceOf(RefusedException.class);
    alice.unbans(room, bob);
    bob.joins(room);
  }

  @Test
  void kicks_ofOneWhoIsInvitedOrKnocks_withdrawsThat() {
    alice.invites(room, carol);
    alice.sets(room, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}");
    alice.kicks(room, carol);
    carol.sets(room, "m.room.member", "@carol:test", "{\"membership\":\"knock\"}");

    alice.kicks(room, carol);

    assertThat(room.state("m.room.member", "@carol:test"))
        .hasValueSatisfying(member -> assertThat(member).hasToString("{\"membership\":\"leave\"}"));
  }

  @Test
  void kicksAndUnbans_byAStranger_sayNothingOfTheOther() {
    assertThatThrownBy(() -> carol.unbans(room, bob))
        .hasMessageStartingWith(
            "@carol:test is not in !here:test (never joined); only members can unban. ");
    assertThatThrownBy(() -> carol.kicks(room, world.user("dave")))
        .hasMessageStartingWith(
            "@carol:test is not in !here:test (never joined); only members can kick. ");
  }

  @Test
  void sets_withTooLittlePower_tellsTheType() {
    assertThatThrownBy(() -> bob.sets(room, "m.room.name", "", "{\"name\":\"x\"}"))
        .hasMessageStartingWith(
            "@bob:test has power 0 in !here:test and needs 50 to send m.room.name (M_FORBIDDEN)");
  }

  @Test
  void sets_theStateOfAnotherUser_isForbidden() {
    room.power(bob, 50);

    assertThatThrownBy(() -> bob.sets(room, "a.b", "@alice:test", "{}"))
        .hasMessageStartingWith("@bob:test cannot set the state of @alice:test");
  }

  @Test
  void sets_powerLevelsAboveTheSendersOwn_isForbidden() {
    room.power(bob, 50).with(carol);
    String levels = "{\"users\":{\"@bob:test\":50,\"@alice:test\":100,\"@carol:test\":60},"
        + "\"events\":{\"m.room.power_levels\":50}}";
    alice.sets(room, "m.room.power_levels", "", levels.replace(",\"@carol:test\":60", ""));

    assertThatThrownBy(() -> bob.sets(room, "m.room.power_levels", "", levels))
        .hasMessageStartingWith("@bob:test has power 50 in !here:test and needs 60 to change");
  }

  @Test
  void sets_powerLevelsThatAreText_isMalformed() {
    assertThatThrownBy(() -> alice.sets(room, "m.room.power_levels", "", "{\"ban\":\"50\"}"))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.errcode()).isEqualTo("M_BAD_JSON"));
  }

  @Test
  void joins_inviteOnlyRoomWithoutAnInvite_isForbidden() {
    room.inviteOnly();

    assertThatThrownBy(() -> carol.joins(room))
        .hasMessageStartingWith("@carol:test is not invited to !here:test, whose join rule is "
            + "\"invite\" (never joined) (M_FORBIDDEN)");
  }

  @Test
  void with_inAnInviteOnlyRoom_invitesFirst() {
    room.inviteOnly().with(carol);

    assertThat(room.members()).contains(carol.id());
  }

  @Test
  void joins_whenBanned_tellsWhen() {
    var ban = alice.bans(room, bob);

    assertThatThrownBy(() -> bob.joins(room))
        .hasMessageStartingWith("@bob:test is banned from !here:test (was banned at " + ban + ")");
  }

  @Test
  void unbans_lets_theUserJoinAgain() {
    alice.bans(room, bob);
    alice.unbans(room, bob);

    bob.joins(room);

    assertThat(room.members()).contains(bob.id());
  }

  @Test
  void invites_ofAMember_isForbidden() {
    assertThatThrownBy(() -> alice.invites(room, bob))
        .hasMessageStartingWith("@bob:test is in !here:test already (joined at ");
  }

  @Test
  void redacts_whatAnotherSaid_needsPower() {
    var said = alice.says(room, "x");

    assertThatThrownBy(() -> bob.redacts(said))
        .hasMessageStartingWith("@bob:test has power 0 in !here:test and needs 50 to redact what "
            + "@alice:test sent");
  }

  @Test
  void redacts_ofAStateEntry_leavesItWithoutContent() {
    var name = alice.sets(room, "m.room.name", "", "{\"name\":\"x\"}");

    alice.redacts(name);

    assertThat(room.state("m.room.name", "")).hasToString("Optional[{}]");
  }

  @Test
  void types_byAStranger_isForbidden() {
    assertThatThrownBy(() -> carol.types(room, java.time.Duration.ofSeconds(1)))
        .hasMessageStartingWith("@carol:test is not in !here:test (never joined)");
  }

  @Test
  void sets_theSameAgain_returnsTheOldEvent() {
    var first = alice.sets(room, "m.room.topic", "", "{\"topic\":\"x\"}");

    assertThat(alice.sets(room, "m.room.topic", "", "{\"topic\": \"x\"}")).isEqualTo(first);
  }

  @Test
  void says_inAnUnknownRoom_namesTheRooms() {
    assertThatThrownBy(() -> alice.says(RoomId.parse("!none:test"), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no room !none:test; the rooms are [!here:test]");
  }
}
