package io.github.matrixsync.testkit;

import static io.github.matrixsync.testkit.Expected.joined;
import static io.github.matrixsync.testkit.Expected.said;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each assertion fails if it does not hold, and shows what was expected and what was seen. */
class FailureMessagesTest {
  private final MatrixWorld world = MatrixWorld.create();
  private final TestUser alice = world.user("alice");
  private final TestUser bob = world.user("bob");
  private final TestRoom room = alice.creates("here").with(bob);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void sawMessages_withAnotherOne_marksTheFirstDifference() {
    alice.says(room, "hi");
    world.time().advance(Duration.ofMinutes(5));
    bob.says(room, "hullo");

    assertThatThrownBy(() -> assertThat(bob).inRoom(room).sawMessages("hi", "hello", "you"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("""
            @bob:test in !here:test saw other messages than expected:
              expected  seen
              "hi"      "hi"       2026-01-01T00:00:00Z $7:test @alice:test !here:test
            > "hello"   "hullo"    2026-01-01T00:05:00Z $8:test @bob:test !here:test
              "you"     (nothing)
            """);
  }

  @Test
  void sawMessages_withOneTooMany_marksIt() {
    alice.says(room, "hi");
    alice.says(room, "echo");

    assertThatThrownBy(() -> assertThat(bob).sawMessages("hi"))
        .hasMessageContaining("> (nothing)  \"echo\"  2026-01-01T00:00:00Z $8:test");
  }

  @Test
  void saw_somethingElse_tellsBoth() {
    alice.says(room, "hi");

    assertThatThrownBy(() -> assertThat(bob).saw(joined(bob), said(alice, "ho")))
        .hasMessageStartingWith("@bob:test saw something else than expected:\n")
        .hasMessageContaining("  joined(bob)        @bob:test: join")
        .hasMessageContaining("> said(alice, \"ho\")  \"hi\"");
  }

  @Test
  void sawAtLeast_withoutIt_namesWhatIsMissing() {
    assertThatThrownBy(() -> assertThat(bob).sawAtLeast(joined(bob), said(alice, "hi")))
        .hasMessageStartingWith("@bob:test did not see said(alice, \"hi\"), number 2:\n");
  }

  @Test
  void sawAtLeast_inAnotherOrder_showsWhatWasFoundBesideIt() {
    alice.says(room, "one");
    alice.says(room, "two");

    assertThatThrownBy(
            () -> assertThat(bob).inRoom(room).sawAtLeast(said(alice, "two"), said(alice, "one")))
        .hasMessageContaining("  said(alice, \"two\")  \"two\"  ")
        .hasMessageContaining("> said(alice, \"one\")  (nothing)\n");
  }

  @Test
  void saw_sameTextOfAnotherKind_tellsTheKind() {
    EventId hi = alice.says(room, "hi");
    Mark mark = world.mark();
    alice.notices(room, "a");
    alice.replies(hi, "a");
    alice.edits(hi, "a");

    assertThatThrownBy(() -> assertThat(bob).since(mark).saw(said(alice, "a")))
        .hasMessageContaining("> said(alice, \"a\")  notice \"a\"")
        .hasMessageContaining("  (nothing)         reply to " + hi + " \"a\"")
        .hasMessageContaining("  (nothing)         edit of " + hi + " \"a\"");
  }

  @Test
  void sawMessages_longTextThatDiffersLate_isWhole() {
    String begin = "🎈".repeat(100);
    alice.says(room, begin + "a");
    alice.says(room, begin + "b");

    assertThatThrownBy(() -> assertThat(bob).sawMessages(begin + "b"))
        .hasMessageContaining("\"" + begin + "a\"")
        .hasMessageContaining("  \"" + "🎈".repeat(30) + "...\"  ");
  }

  @Test
  void sawNothing_withSomething_showsIt() {
    assertThatThrownBy(() -> assertThat(bob).sawNothing())
        .hasMessageContaining("> (nothing)  @bob:test: join");
  }

  @Test
  void sawNothingMore_withMore_showsIt() {
    assertThat(bob).saw(joined(bob));
    alice.says(room, "late");

    assertThatThrownBy(() -> assertThat(bob).inRoom(room).sawNothingMore())
        .hasMessageContaining("@bob:test in !here:test saw more than was asserted:")
        .hasMessageContaining("\"late\"");
  }

  @Test
  void canSee_whatIsNotThere_hasTheStory() {
    var left = bob.leaves(room);
    var after = alice.says(room, "x");

    assertThatThrownBy(() -> assertThat(bob).canSee(after))
        .hasMessageStartingWith("@bob:test cannot see $8:test, but should\n2026-01-01T00:00:00Z\n");
    assertThatThrownBy(() -> assertThat(bob).cannotSee(left))
        .hasMessageStartingWith("@bob:test can see $7:test, but should not\n");
  }

  @Test
  void isListening_withoutAPoll_asksWhetherTheBridgeFailed() {
    assertThatThrownBy(() -> assertThat(bob).isListening())
        .hasMessageStartingWith(
            "@bob:test has no poll open; did the bridge fail while it handled an event?\n");
  }

  @Test
  void isNotListening_withAPoll_fails() {
    var poll = world.engine().stream(bob.id(), null, Duration.ofMinutes(1));

    assertThatThrownBy(() -> assertThat(bob).isNotListening())
        .hasMessage("@bob:test has a poll open, but should not");
    poll.cancel(false);
    assertThat(bob).isNotListening();
  }

  @Test
  void snapshot_withSomethingElse_tellsBoth() {
    alice.says(room, "hi");
    UserSnapshot snapshot = alice.snapshot();

    assertThatThrownBy(() -> assertThat(snapshot).isInvitedTo(room))
        .hasMessage("in the snapshot of @alice:test the membership in !here:test is join, "
            + "expected invite; the rooms are [!here:test]");
    assertThatThrownBy(() -> assertThat(world.user("carol").snapshot()).hasJoined(room))
        .hasMessageContaining("is none, expected join; the rooms are []");
    assertThatThrownBy(() -> assertThat(snapshot).hasMessages(room, "ho"))
        .hasMessage("in the snapshot of @alice:test the messages in !here:test are [\"hi\"], "
            + "expected [\"ho\"]");
    assertThatThrownBy(() -> assertThat(snapshot).hasState(room, "a.b", "", "{}"))
        .hasMessageContaining("a.b \"\" in !here:test is not there, expected {}");
  }

  @Test
  void since_aMarkOfAnotherWorld_isRefused() {
    try (MatrixWorld other = MatrixWorld.create()) {
      assertThatThrownBy(() -> assertThat(bob).since(other.mark()))
          .hasMessage("the mark is of another world");
    }
  }

  @Test
  void message_ofContentWithFormats_isShownAsItIs() {
    alice.says(room, "100 %s");

    assertThatThrownBy(() -> assertThat(bob).sawMessages()).hasMessageContaining("\"100 %s\"");
    assertThat(bob.toString()).isEqualTo("@bob:test");
  }
}
