package io.github.matrixsync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wrong arguments are refused on the test's own thread, with messages that say what to do. */
class BadInputTest {
  private final MatrixWorld world =
      MatrixWorld.builder().test("BadInputTest.it").build();
  private final TestUser alice = world.user("alice");
  private final TestRoom room = alice.creates("here");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void user_withABadName_saysWhatANameMayHold() {
    assertThatThrownBy(() -> world.user("Al ice"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a local part may hold a to z, 0 to 9 and ._=/+-, got \"Al ice\"");
  }

  @Test
  void idsOfLongNames_areRefusedByTheirLength() {
    String name = "x".repeat(300);

    assertThatThrownBy(() -> world.user(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an id has at most 255 bytes, but that of this name would have 306");
    assertThatThrownBy(() -> alice.creates(name))
        .hasMessage("an id has at most 255 bytes, but that of this name would have 306");
  }

  @Test
  void user_ofAnotherServer_namesBoth() {
    assertThatThrownBy(() -> world.user("@alice:else"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "@alice:else belongs to the server \"else\", but this world's server is \"test\"");
  }

  @Test
  void user_twice_isTheSame() {
    assertThat(world.user("@alice:test")).isSameAs(alice);
  }

  @Test
  void creates_aRoomThatExists_namesItsCreator() {
    assertThatThrownBy(() -> alice.creates("here"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the room !here:test exists already, created by @alice:test at $1:test");
  }

  @Test
  void sends_whatIsNoJson_hasLineAndColumn() {
    assertThatThrownBy(() -> alice.sends(room, "a.b", "{\"a\":\n tru}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON: Unrecognized token 'tru'")
        .hasMessageEndingWith("(line 2, column 2)");
  }

  @Test
  void sends_halfAnObject_hasNoWordOfTheParser() {
    assertThatThrownBy(() -> alice.sends(room, "a.b", "{"))
        .hasMessageStartingWith("not JSON: Unexpected end-of-input")
        .message()
        .doesNotContain("REDACTED", "StreamReadFeature");
  }

  @Test
  void sends_aNumberThatIsNoShortInteger_isRefused() {
    for (String number : List.of("1.5", "1e2", "9007199254740992", "-9007199254740992")) {
      assertThatThrownBy(() -> alice.sends(room, "a.b", "{\"a\":[" + number + "]}"))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(
              "in rooms of version 10 numbers are integers from -(2^53 - 1) to 2^53 - 1, got "
                  + number + " (M_BAD_JSON). ");
      assertThatThrownBy(() -> alice.sets(room, "a.b", "", "{\"a\":" + number + "}"))
          .isInstanceOf(RefusedException.class);
    }
    alice.keeps("a.b", "{\"order\":0.5}");
    EventId sent = alice.sends(room, "a.b", "{\"a\":[9007199254740991,-9007199254740991,\"1.5\"]}");

    assertThat(alice.event(sent)).isPresent();
  }

  @Test
  void append_withAnIdThatTheWorldWouldGiveOutNext_losesNothing() {
    world.append(event("$8:test", room.id()));
    world.append(event("$12:test", room.id()));
    TestRoom there = alice.creates("there");

    assertThat(alice.says(there, "one")).isNotEqualTo(alice.says(there, "two"));
    assertThat(there.state("m.room.power_levels", "")).isPresent();
    MatrixAssertions.assertThat(alice).inRoom(there).sawMessages("one", "two");
  }

  @Test
  void append_toARoomWithTheNextNumber_keepsItForThatRoom() {
    world.append(event("$x:else", RoomId.parse("!6:test")));

    assertThat(alice.says(room, "hi")).hasToString("$7:test");
  }

  @Test
  void append_withAnIdThatIsThere_isRefused() {
    EventId said = alice.says(room, "hi");
    world.append(event("$x:else", room.id()));

    for (String id : List.of(said.value(), "$x:else")) {
      assertThatThrownBy(() -> world.append(event(id, room.id())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there is an event " + id + " already");
    }
  }

  private RoomEvent event(String id, RoomId in) {
    return RoomEvent.builder(EventId.parse(id), in, alice.id(), "a.b").build();
  }

  @Test
  void sends_whatIsTooLarge_isRefused() {
    for (Runnable sending : List.<Runnable>of(
        () -> alice.says(room, "x".repeat(65_536)),
        () -> alice.sends(room, "a".repeat(256), "{}"),
        () -> alice.sets(room, "a.b", "k".repeat(256), "{}"))) {
      assertThatThrownBy(sending::run)
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.errcode()).isEqualTo("M_TOO_LARGE"))
          .hasMessageMatching("the (event|type|state key) has \\d+ bytes, more than \\d+ "
              + "\\(M_TOO_LARGE\\)\\. .*");
    }
  }

  @Test
  void says_noText_isRefused() {
    assertThatThrownBy(() -> says(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("text");
  }

  @SuppressWarnings("NullAway") // what a test in Kotlin or without checks may do
  private void says(@Nullable String text) {
    alice.says(room, text);
  }

  @Test
  void sends_moreThanAnObject_isRefused() {
    assertThatThrownBy(() -> alice.sends(room, "a.b", "{} {}"))
        .hasMessageStartingWith("not JSON: there is more after the value (line 1, column");
  }

  @Test
  void sends_aList_isRefused() {
    assertThatThrownBy(() -> alice.sends(room, "a.b", "[1]"))
        .hasMessage("the content must be a JSON object, got [1]");
  }

  @Test
  void sends_aStateEvent_saysWhatToUse() {
    assertThatThrownBy(() -> alice.sends(room, "m.room.member", "{\"membership\":\"join\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("m.room.member is a state event: use joins, invites, … or sets(…)");
  }

  @Test
  void advance_backwards_isRefused() {
    assertThatThrownBy(() -> world.time().advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time does not go back, got PT-1S");
  }

  @Test
  void advance_beyondTheEndOfTime_isRefused() {
    assertThatThrownBy(() -> world.time().advance(Duration.ofDays(365_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a world's time ends after 200 years, got PT8760000H");
  }

  @Test
  void advance_withinAnAdvance_namesTheOuterOne() {
    CompletableFuture<Void> inner = new CompletableFuture<>();
    world
        .time()
        .schedule(
            () -> {
              try {
                world.time().advance(Duration.ofSeconds(1));
              } catch (IllegalStateException e) {
                inner.completeExceptionally(e);
              }
            },
            Duration.ofSeconds(1));

    assertThatThrownBy(() -> world.time().advance(Duration.ofMinutes(5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("time is being moved already, by advance(PT5M)");
    assertThat(inner).isCompletedExceptionally();
  }

  @Test
  void advance_inAReaction_namesTheAction() {
    world.engine().stream(alice.id(), null, Duration.ofMinutes(1))
        .thenAccept(batch -> world.time().advance(Duration.ofSeconds(1)));

    assertThatThrownBy(() -> alice.says(room, "hi"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("time cannot be moved in a reaction to alice.says(here, \"hi\")");
  }

  @Test
  void says_inAClosedWorld_namesItsTest() {
    world.close();

    assertThatThrownBy(() -> alice.says(room, "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this world is closed; it belonged to BadInputTest.it");
    assertThatThrownBy(world::engine).hasMessageStartingWith("this world is closed");
    assertThatThrownBy(() -> world.user("bob")).hasMessageStartingWith("this world is closed");
  }

  @Test
  void says_inARoomOfAnotherWorld_isRefused() {
    try (MatrixWorld other = MatrixWorld.create()) {
      assertThatThrownBy(() -> other.user("alice").says(room, "x"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("!here:test is a room of another world");
      assertThatThrownBy(() -> alice.invites(room, other.user("bob")))
          .hasMessage("@bob:test is a user of another world");
    }
  }

  @Test
  void close_whileABridgeListens_endsItsPollWithAnEmptyBatch() {
    var poll = world.engine().stream(alice.id(), null, Duration.ofMinutes(1));
    var next = poll.thenCompose(
        batch -> world.engine().stream(alice.id(), batch.end(), Duration.ofMinutes(1)));

    world.close();

    assertThat(poll.join().chunk()).isEmpty();
    assertThatThrownBy(next::join)
        .hasRootCauseMessage("this world is closed; it belonged to BadInputTest.it");
  }

  @Test
  void stream_ofAnEngineKeptAfterTheWorldWasClosed_namesItsTest() {
    SyncEngine kept = world.engine();
    world.close();

    assertThatThrownBy(() -> kept.stream(alice.id(), null, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this world is closed; it belonged to BadInputTest.it");
  }

  @Test
  void stream_ofAnEngineKeptAfterARestart_saysWhereTheNextOneIs() {
    SyncEngine kept = world.engine();
    world.restarts();

    assertThatThrownBy(() -> kept.stream(alice.id(), null, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the world was restarted; world.engine() returns its engine of now");
  }

  @Test
  void close_again_doesNothing() {
    world.close();
    world.close();

    assertThat(world.story()).contains("alice.creates");
  }

  @Test
  void builder_withBadOptions_isRefused() {
    assertThatThrownBy(() -> MatrixWorld.builder().eventsPerAction(0))
        .hasMessage("events per action must be at least 1, got 0");
    assertThatThrownBy(() -> MatrixWorld.builder().serverName("a b"))
        .hasMessage("a server name is a host and perhaps a port, got a b");
    assertThatThrownBy(() -> world.storeFails(-1))
        .hasMessage("a number of failures must not be negative, got -1");
  }

  @Test
  void types_forNoTime_isRefused() {
    assertThatThrownBy(() -> alice.types(room, Duration.ZERO))
        .hasMessage("the time must be positive, got PT0S");
  }
}
