package io.github.matrixsync.examples.bridge;

import static io.github.matrixsync.testkit.Expected.edited;
import static io.github.matrixsync.testkit.Expected.joined;
import static io.github.matrixsync.testkit.Expected.redacted;
import static io.github.matrixsync.testkit.Expected.said;
import static io.github.matrixsync.testkit.Expected.typing;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.testkit.Mark;
import io.github.matrixsync.testkit.Restart;
import io.github.matrixsync.testkit.TestUser;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bridge in a world: actions on one side are seen on the other side once. */
abstract class BridgeTest {
  @RegisterExtension
  final BridgeFixture on;

  BridgeTest(BridgeFixture fixture) {
    on = fixture;
  }

  @Test
  void message_onMatrix_isSentToItsChannelOnce() {
    on.alice.says(on.lounge, "hi");

    assertThat(on.network.in("#lounge")).containsExactly("alice: hi");
    assertThat(on.network.in("#office")).isEmpty();
    assertThat(on.alice).inRoom(on.lounge).sawMessages("hi");
  }

  @Test
  void message_onTheNetwork_isSaidByAGhostOnce() {
    Mark mark = on.world.mark();
    on.network.says("#lounge", "zoe", "hello");

    TestUser zoe = on.world.user("irc_zoe");
    assertThat(on.alice).since(mark).saw(joined(zoe), said(zoe, "hello"));
    assertThat(on.network.in("#lounge")).containsExactly("zoe: hello");
  }

  @Test
  void messages_ofOnePerson_joinTheGhostOnce() {
    Mark mark = on.world.mark();
    on.network.says("#lounge", "zoe", "one");
    on.network.says("#lounge", "zoe", "two");

    TestUser zoe = on.world.user("irc_zoe");
    assertThat(on.alice).since(mark).saw(joined(zoe), said(zoe, "one"), said(zoe, "two"));
  }

  @Test
  void edit_onMatrix_changesTheMessage() {
    EventId hi = on.alice.says(on.lounge, "hi");
    on.alice.edits(hi, "hello");

    assertThat(on.network.in("#lounge")).containsExactly("alice: hello");
  }

  @Test
  void edit_onTheNetwork_isAnEditOfTheGhost() {
    String message = on.network.says("#office", "zoe", "helo");
    Mark mark = on.world.mark();
    on.network.edits(message, "hello");

    assertThat(on.bob).since(mark).saw(edited(saidLast(on.bob), "hello"));
  }

  /** Returns the last message that was not an edit. */
  private static EventId saidLast(TestUser user) {
    return user.seen().stream()
        .filter(event -> event.type().equals("m.room.message"))
        .filter(event -> !event.content().toString().contains("m.replace"))
        .reduce((first, second) -> second)
        .flatMap(event -> event.id())
        .orElseThrow();
  }

  @Test
  void redaction_onMatrix_deletesTheMessage() {
    EventId hi = on.alice.says(on.lounge, "hi");
    on.alice.redacts(hi);

    assertThat(on.network.in("#lounge")).isEmpty();
  }

  @Test
  void deletion_onTheNetwork_isARedaction() {
    String message = on.network.says("#lounge", "zoe", "oops");
    Mark mark = on.world.mark();
    on.network.deletes(message);

    assertThat(on.alice).since(mark).saw(redacted(saidLast(on.alice)));
  }

  @Test
  void typing_onMatrix_isShownUntilItEnds() {
    on.alice.types(on.lounge, Duration.ofSeconds(20));
    on.advance(Duration.ofSeconds(19));
    assertThat(on.network.typing("#lounge")).containsExactly("alice");

    on.advance(Duration.ofSeconds(1));

    assertThat(on.network.typing("#lounge")).isEmpty();
  }

  @Test
  void typing_onTheNetwork_endsWhenThePersonStops() {
    Mark mark = on.world.mark();
    on.network.personTypes("#lounge", "zoe", true);
    on.network.personTypes("#lounge", "zoe", false);

    TestUser zoe = on.world.user("irc_zoe");
    assertThat(on.alice).since(mark).saw(joined(zoe), typing(zoe), typing());
  }

  @Test
  void typing_onTheNetwork_thatIsNeverStopped_endsAfterHalfAMinute() {
    Mark mark = on.world.mark();
    on.network.personTypes("#lounge", "zoe", true);
    on.advance(Duration.ofSeconds(30));

    TestUser zoe = on.world.user("irc_zoe");
    assertThat(on.alice).since(mark).saw(joined(zoe), typing(zoe), typing());
  }

  @Test
  void network_unreachable_isRetriedAfter5Minutes() {
    on.network.isUnreachable(2);
    on.alice.says(on.lounge, "hi");
    on.advance(Duration.ofMinutes(9));
    assertThat(on.network.in("#lounge")).isEmpty();

    on.advance(Duration.ofMinutes(1));

    assertThat(on.network.in("#lounge")).containsExactly("alice: hi");
  }

  @Test
  void network_whoseAnswerIsLost_getsTheMessageOnce() {
    on.network.losesTheNextAnswer();
    on.alice.says(on.lounge, "hi");
    on.advance(Duration.ofMinutes(5));

    assertThat(on.network.in("#lounge")).containsExactly("alice: hi");
  }

  @Test
  void server_restarts_bridgeContinuesFromItsToken() {
    on.world.restarts();
    on.alice.says(on.lounge, "hi");
    on.advance(Duration.ofSeconds(10));

    on.assertThatBridgeListens();
    assertThat(on.network.in("#lounge")).containsExactly("alice: hi");
  }

  @Test
  void server_restartsWithExpiredTokens_bridgeContinuesFromTheEnd() {
    on.world.restarts(Restart.FORGETTING);
    on.advance(Duration.ofMinutes(1));
    on.alice.says(on.lounge, "hi");

    assertThat(on.network.in("#lounge")).containsExactly("alice: hi");
  }

  @Test
  void hourWithoutAMessage_bridgeStillListens() {
    on.advance(Duration.ofHours(1));
    on.alice.says(on.lounge, "hi");

    assertThat(on.network.in("#lounge")).containsExactly("alice: hi");
  }
}
