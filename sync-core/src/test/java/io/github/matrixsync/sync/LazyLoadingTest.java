package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.SyncHost.lazy;
import static io.github.matrixsync.sync.SyncHost.number;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that servers had with lazily loaded members and summaries, each as a scenario. */
class LazyLoadingTest {
  private final SyncHost host = new SyncHost();

  @BeforeEach
  void createTheRoom() {
    host.host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private List<String> state(SyncResponse answer) {
    return List.of(SyncText.numbers(answer.rooms().join().get(ROOM).state()).split(" "));
  }

  @Test
  @DisplayName("https://github.com/vector-im/element-web/issues/7211")
  void sync_silentJoinInsideAGap_isInState() {
    SyncResponse first = host.sync(BOB, null, lazy(1));
    EventId join = host.host.join(ROOM, CAROL);
    host.message(ROOM, ALICE);
    host.message(ROOM, ALICE);

    SyncResponse second = host.sync(BOB, first.nextBatch(), lazy(1));
    EventId topic = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    host.message(ROOM, CAROL);
    host.message(ROOM, CAROL);
    SyncResponse third = host.sync(BOB, second.nextBatch(), lazy(1));

    assertThat(state(second)).contains(number(join));
    // Carol was told with the second answer, and has not changed.
    assertThat(state(third)).containsExactly(number(topic));
  }

  @Test
  @DisplayName("a member that an answer told which was lost is told again")
  void sync_answerWasLost_tellsTheMemberAgain() {
    EventId join = host.host.join(ROOM, CAROL);
    host.message(ROOM, ALICE);
    SyncResponse first = host.sync(BOB, null, lazy(1));
    host.message(ROOM, CAROL);
    SyncResponse lost = host.sync(BOB, first.nextBatch(), lazy(1));
    host.message(ROOM, CAROL);

    SyncResponse again = host.sync(BOB, first.nextBatch(), lazy(1));

    assertThat(first.rooms().join().get(ROOM).summary()).isPresent();
    assertThat(lost.rooms().join()).containsKey(ROOM);
    // Carol is a hero, so the first answer told her; nothing is told twice to who has it.
    assertThat(state(first)).contains(number(join));
    assertThat(again.rooms().join().get(ROOM).state()).isEmpty();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/pull/3916")
  void sync_firstAnswer_hasTheOwnMemberEventOfSomebodySilent() {
    EventId own = host.host.join(ROOM, CAROL);
    host.message(ROOM, ALICE);

    SyncResponse first = host.sync(CAROL, null, lazy(1));

    assertThat(state(first)).contains(number(own));
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/4194")
  void sync_nameIsEmpty_hasHeroesWithTheirMemberEvents() {
    host.state(ROOM, ALICE, "m.room.name", "{\"name\":\"N\"}");
    SyncResponse named = host.sync(BOB, null, lazy(1));
    host.state(ROOM, ALICE, "m.room.name", "{\"name\":\"\"}");
    SyncResponse increment = host.sync(BOB, named.nextBatch(), lazy(1));
    SyncResponse first = host.sync(BOB, null, lazy(1));

    assertThat(heroes(named)).isEmpty();
    assertThat(heroes(increment)).contains(List.of(ALICE));
    assertThat(heroes(first)).contains(List.of(ALICE));
    assertThat(state(first)).contains("2");
  }

  /** Without the window the engine only knows that there was a redaction, and that the name is redacted now. */
  @ParameterizedTest
  @CsvSource({"m.room.name, name, 0", "m.room.name, name, 100", "m.room.canonical_alias, alias, 100"
  })
  void sync_nameIsRedacted_hasHeroes(String type, String field, int window) {
    host.host.start(SmallLimits.window(window, host.host.full()));
    EventId name = host.state(ROOM, ALICE, type, "{\"" + field + "\":\"#n:h\"}");
    EventId message = host.message(ROOM, ALICE);
    SyncResponse named = host.sync(BOB, null, lazy(1));
    host.append(host.host.world.redaction(ROOM, ALICE, message));
    SyncResponse other = host.sync(BOB, named.nextBatch(), lazy(1));
    host.append(host.host.world.redaction(ROOM, ALICE, name));
    SyncResponse increment = host.sync(BOB, other.nextBatch(), lazy(1));
    host.message(ROOM, ALICE);
    SyncResponse later = host.sync(BOB, increment.nextBatch(), lazy(1));

    assertThat(heroes(named)).isEmpty();
    assertThat(other.rooms().join().get(ROOM).summary()).isEmpty();
    assertThat(heroes(increment)).contains(List.of(ALICE));
    assertThat(later.rooms().join().get(ROOM).summary()).isEmpty();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/4926")
  void sync_partnerLeft_isAHeroOnlyWhileNobodyElseIsThere() {
    host.host.leave(ROOM, ALICE);
    SyncResponse alone = host.sync(BOB, null);
    host.host.join(ROOM, CAROL);
    SyncResponse withCarol = host.sync(BOB, alone.nextBatch());

    assertThat(heroes(alone)).contains(List.of(ALICE));
    assertThat(heroes(withCarol)).contains(List.of(CAROL));
  }

  @Test
  @DisplayName("SyTest 16room-summary: five heroes of six members; a named room has none")
  void sync_sixMembers_hasFiveHeroesInTheOrderOfTheirEvents() {
    UserId[] others = {World.user("z"), World.user("d"), World.user("y"), World.user("e")};
    for (UserId other : others) {
      host.host.join(ROOM, other);
    }
    RoomSummary summary =
        host.sync(BOB, null).rooms().join().get(ROOM).summary().orElseThrow();

    assertThat(summary)
        .isEqualTo(new RoomSummary(
            Optional.of(List.of(ALICE, others[0], others[1], others[2], others[3])), 6, 0));
    host.state(ROOM, ALICE, "m.room.name", "{\"name\":\"N\"}");
    assertThat(host.sync(BOB, null).rooms().join().get(ROOM).summary())
        .contains(new RoomSummary(Optional.empty(), 6, 0));
  }

  @Test
  @DisplayName("who comes back gets the members that changed meanwhile")
  void sync_joinsAgain_tellsWhoChangedMeanwhile() {
    host.host.join(ROOM, CAROL);
    host.host.leave(ROOM, BOB);
    SyncResponse away = host.sync(BOB, null, lazy(1));
    EventId changed = host.host.join(ROOM, CAROL);
    host.state(ROOM, ALICE, "m.room.name", "{\"name\":\"N\"}");
    host.host.join(ROOM, BOB);
    host.message(ROOM, ALICE);

    assertThat(state(host.sync(BOB, away.nextBatch(), lazy(1)))).contains(number(changed));
  }

  @Test
  @DisplayName(
      "who comes back by an invitation gets the members that changed during a stay that it hid")
  void sync_joinsAgainAfterAnInvitationHidTwoStays_tellsWhoChanged() {
    host.host.join(ROOM, CAROL);
    host.state(ROOM, ALICE, "m.room.name", "{\"name\":\"N\"}");
    StreamToken first = host.sync(BOB, null, lazy(9)).nextBatch();
    host.host.leave(ROOM, BOB);
    EventId changed = host.host.join(ROOM, CAROL);
    host.host.join(ROOM, BOB);
    host.host.leave(ROOM, BOB);
    host.member(ROOM, ALICE, BOB, "invite");
    SyncResponse invited = host.sync(BOB, first, lazy(1));
    assertThat(invited.rooms().invite()).containsOnlyKeys(ROOM);
    host.host.join(ROOM, BOB);

    assertThat(state(host.sync(BOB, invited.nextBatch(), lazy(1)))).contains(number(changed));
  }

  @Test
  @DisplayName("an invitation that is not wanted any more has hidden what it hid")
  void sync_joinsAgainAfterAnInvitationWasBlocked_tellsWhoChanged() {
    host.host.join(ROOM, CAROL);
    host.state(ROOM, ALICE, "m.room.name", "{\"name\":\"N\"}");
    StreamToken first = host.sync(BOB, null, lazy(9)).nextBatch();
    EventId changed = host.host.join(ROOM, CAROL);
    host.host.leave(ROOM, BOB);
    host.member(ROOM, ALICE, BOB, "invite");
    StreamToken invited = host.sync(BOB, first, lazy(1)).nextBatch();
    host.host.settings.setBlocksInvites(BOB, true);
    host.host.join(ROOM, BOB);

    assertThat(state(host.sync(BOB, invited, lazy(1)))).contains(number(changed));
  }

  @Test
  @DisplayName(
      "who shows a token that is ahead of the streams gets all members, as old ones may be held")
  void sync_tokenAboveTheStreams_tellsAllMembers() {
    EventId join = host.host.join(ROOM, CAROL);
    host.state(ROOM, ALICE, "m.room.name", "{\"name\":\"N\"}");
    host.message(ROOM, ALICE);
    StreamToken here = host.sync(BOB, null, lazy(1)).nextBatch();

    SyncResponse anew = host.sync(BOB, here.withRoom(here.room() + 7), lazy(1));

    assertThat(state(anew)).contains(number(join));
    assertThat(state(host.sync(BOB, null, lazy(1)))).doesNotContain(number(join));
  }

  @Test
  @DisplayName("one join causes one read of the room's members, however many users get it")
  void sync_joinForSeveralViewers_readsTheMembersOnce() {
    UserId dora = World.user("d");
    host.host.join(ROOM, dora);
    CountingEvents events = new CountingEvents(host.host.events, true);
    host.host.start(host.host.bare(events.store()));
    List<UserId> viewers = List.of(ALICE, BOB, dora);
    List<StreamToken> tokens = viewers.stream().map(host::first).toList();
    host.host.join(ROOM, CAROL);
    events.reads.clear();

    for (int i = 0; i < viewers.size(); i++) {
      SyncResponse answer = host.sync(viewers.get(i), tokens.get(i));

      assertThat(answer.rooms().join().get(ROOM).summary().orElseThrow().joinedMembers())
          .isEqualTo(4);
    }
    assertThat(events.reads).containsOnlyOnce("members");
  }

  private static Optional<List<UserId>> heroes(SyncResponse answer) {
    return answer.rooms().join().get(ROOM).summary().flatMap(RoomSummary::heroes);
  }
}
