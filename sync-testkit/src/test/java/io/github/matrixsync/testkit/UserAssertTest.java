package io.github.matrixsync.testkit;

import static io.github.matrixsync.testkit.Expected.banned;
import static io.github.matrixsync.testkit.Expected.edited;
import static io.github.matrixsync.testkit.Expected.event;
import static io.github.matrixsync.testkit.Expected.invited;
import static io.github.matrixsync.testkit.Expected.joined;
import static io.github.matrixsync.testkit.Expected.kept;
import static io.github.matrixsync.testkit.Expected.left;
import static io.github.matrixsync.testkit.Expected.noticed;
import static io.github.matrixsync.testkit.Expected.reacted;
import static io.github.matrixsync.testkit.Expected.read;
import static io.github.matrixsync.testkit.Expected.redacted;
import static io.github.matrixsync.testkit.Expected.removed;
import static io.github.matrixsync.testkit.Expected.replied;
import static io.github.matrixsync.testkit.Expected.said;
import static io.github.matrixsync.testkit.Expected.sent;
import static io.github.matrixsync.testkit.Expected.shown;
import static io.github.matrixsync.testkit.Expected.state;
import static io.github.matrixsync.testkit.Expected.typing;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users do is seen by other users as the expected entries. */
class UserAssertTest {
  private final MatrixWorld world = MatrixWorld.create();
  private final TestUser alice = world.user("alice");
  private final TestUser bob = world.user("bob");
  private final TestRoom room = alice.creates("here").with(bob);
  private final Mark mark = world.mark();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void saw_ofMessages_isExactAndInOrder() {
    EventId hi = alice.says(room, "hi");
    EventId reply = bob.replies(hi, "hello");
    bob.edits(reply, "hullo");
    alice.reacts(reply, "+1");
    bob.notices(room, "beep");
    alice.redacts(hi);
    bob.sends(room, "a.b", "{\"c\":1}");

    assertThat(alice)
        .inRoom(room)
        .since(mark)
        .saw(
            said(alice, "hi"),
            replied(bob, hi, "hello"),
            edited(reply, "hullo"),
            reacted(alice, reply, "+1"),
            noticed(bob, "beep"),
            redacted(hi),
            sent(bob, "a.b"));
  }

  @Test
  void saw_ofMemberships_tellsLeavingFromRemoval() {
    TestUser carol = world.user("carol");
    alice.invites(room, carol);
    carol.joins(room);
    carol.leaves(room);
    alice.kicks(room, bob);
    EventId ban = alice.bans(room, carol);
    alice.unbans(room, carol);

    assertThat(alice)
        .since(mark)
        .saw(
            invited(carol),
            joined(carol),
            left(carol),
            removed(bob),
            banned(carol),
            removed(carol));
    assertThat(bob).cannotSee(ban);
  }

  @Test
  void saw_withoutAMark_leavesOutTheFirstEventsOfTheRoom() {
    assertThat(alice).saw(joined(bob));
    assertThat(bob).saw(joined(bob));
  }

  @Test
  void saw_ofTyping_tellsWhoAndWhenNobodyDoes() {
    alice.types(room, Duration.ofMinutes(1));
    bob.types(room, Duration.ofSeconds(5));
    world.time().advance(Duration.ofSeconds(5));
    alice.stopsTyping(room);

    assertThat(bob).since(mark).saw(typing(alice), typing(alice, bob), typing(alice), typing());
  }

  @Test
  void says_whileTyping_endsIt() {
    bob.types(room, Duration.ofMinutes(1));
    bob.says(room, "done");

    assertThat(alice).since(mark).sawAtLeast(typing(bob), typing());
  }

  @Test
  void saw_ofReceiptsPresenceAndAccountData() {
    EventId hi = alice.says(room, "hi");
    bob.reads(hi);
    bob.shows(PresenceState.ONLINE);
    bob.keeps("a.b", "{}");
    bob.keeps(room, "c.d", "{}");

    assertThat(alice)
        .since(mark)
        .saw(said(alice, "hi"), read(bob, hi), shown(bob, PresenceState.ONLINE));
    assertThat(bob).since(mark).sawAtLeast(event(hi), read(bob, hi), kept("a.b"), kept("c.d"));
  }

  @Test
  void named_isSentToEveryRoomOfTheUser() {
    bob.named("Bob");

    assertThat(alice).since(mark).saw(joined(bob));
    assertThat(room.state("m.room.member", "@bob:test").orElseThrow().toString())
        .contains("\"displayname\":\"Bob\"");
  }

  @Test
  void ignores_hidesMessages() {
    alice.ignores(bob);
    bob.says(room, "x");

    assertThat(alice).inRoom(room).since(mark).sawMessages();
  }

  @Test
  void saw_ofState_byTypeAndKey() {
    alice.sets(room, "m.room.name", "", "{\"name\":\"x\"}");
    room.alias("#x:test");

    assertThat(bob).since(mark).saw(state("m.room.name", ""), state("m.room.canonical_alias", ""));
  }

  @Test
  void sawNothingMore_afterAnAssertion_countsFromThere() {
    alice.says(room, "hi");
    assertThat(bob).inRoom(room).sawMessages("hi");

    assertThat(bob).inRoom(room).sawNothingMore();
    assertThat(bob).sawNothingMore();
  }

  @Test
  void sawMessages_thenNothingMore_findsWhatIsNoMessage() {
    EventId hi = alice.says(room, "hi");
    alice.reacts(hi, "+1");
    UserAssert seen = assertThat(bob).inRoom(room).sawMessages("hi");

    assertThatThrownBy(seen::sawNothingMore).hasMessageContaining("reaction \"+1\"");
  }

  @Test
  void sawNothing_ofAUserOutsideTheRoom() {
    alice.says(room, "hi");

    assertThat(world.user("carol")).sawNothing();
  }

  @Test
  void sawAtLeast_thenNothingMore_countsFromTheLastMatch() {
    alice.says(room, "one");
    alice.says(room, "two");

    assertThat(bob).sawAtLeast(said(alice, "one"), said(alice, "two")).sawNothingMore();
  }

  @Test
  void canSee_byTheHistoryVisibility() {
    EventId before = alice.says(room, "before");
    room.history(HistoryVisibility.JOINED);
    EventId after = alice.says(room, "after");
    TestUser carol = world.user("carol");
    room.with(carol);

    assertThat(carol).canSee(before).cannotSee(after);
  }

  @Test
  void canSee_inAWorldReadableRoom_isForEverybody() {
    room.history(HistoryVisibility.WORLD_READABLE);
    EventId hi = alice.says(room, "hi");

    assertThat(world.user("carol")).canSee(hi);
  }

  @Test
  void seen_hasTheEntriesOfTheStream() {
    alice.says(room, "hi");

    assertThat(bob.seen()).last().satisfies(entry -> {
      assertThat(entry.type()).isEqualTo("m.room.message");
      assertThat(entry.content()).hasToString("{\"msgtype\":\"m.text\",\"body\":\"hi\"}");
    });
  }

  @Test
  void snapshot_hasRoomsInvitesMessagesAndState() {
    TestUser carol = world.user("carol");
    alice.sets(room, "m.room.topic", "", "{\"topic\":\"x\",\"n\":1}");
    alice.says(room, "hi");
    alice.invites(room, carol);

    assertThat(bob.snapshot())
        .hasJoined(room)
        .hasMessages(room, "hi")
        .hasState(room, "m.room.topic", "", "{\"n\":1,\"topic\":\"x\"}");
    assertThat(carol.snapshot()).isInvitedTo(room);
  }

  @Test
  void append_ofAnEventThatTheRulesForbid_isSeen() {
    var event = RoomEvents.parse(
        RawJson.of("{\"event_id\":\"$own:test\",\"room_id\":\"!here:test\","
            + "\"sender\":\"@nobody:test\",\"type\":\"m.room.message\",\"origin_server_ts\":1,"
            + "\"content\":{\"msgtype\":\"m.text\",\"body\":\"boo\"}}"),
        world.time().instant());

    world.append(event);

    assertThat(bob).inRoom(room).sawMessages("boo");
  }

  @Test
  void ids_andTimes_areTheSameInEveryRun() {
    assertThat(alice.says(room, "hi")).hasToString("$7:test");
    assertThat(world.time().instant()).hasToString("2026-01-01T00:00:00Z");
    assertThat(alice.snapshot().answer().end()).hasToString("s7_0_0_0_0_0_0");
  }
}
