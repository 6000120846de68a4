package org.example;

import static io.github.matrixsync.testkit.Expected.redacted;
import static io.github.matrixsync.testkit.Expected.said;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static io.github.matrixsync.testkit.http.RequestPattern.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.http.ServedRequest;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bot on the {@code MatrixClient} of matrix-bot-sdk, which polls with {@code /sync}. */
@MatrixTest
class BotSdkClientTest {
  private MatrixWorld world;
  private Rooms rooms;
  private TestUser bot;
  private NodeProgram program;

  @BeforeEach
  void rooms(MatrixWorld given) {
    world = given;
    bot = world.user("bot");
    rooms = new Rooms(world, bot);
  }

  private void start() {
    List<String> arguments = new ArrayList<>(rooms.arguments());
    arguments.add(bot.accessToken());
    program = NodeProgram.start("bot-sdk-client.js", arguments);
  }

  @AfterEach
  void end() {
    program.close();
  }

  @Test
  void start_ofTheBot_asksAsDocumented() {
    start();
    program.prints("said " + rooms.alice.says(rooms.here, "hi"));

    assertThat(world.server().requests().stream().map(ServedRequest::route).toList())
        .startsWith("account/whoami", "user/@bot:test/account_data/m.direct", "joined_rooms", "sync");
  }

  @Test
  void messages_ofBothRooms_areRepeatedInTheOther() {
    start();
    program.prints("said " + rooms.alice.says(rooms.here, "hi"));
    program.prints("said " + rooms.bob.says(rooms.there, "hello"));

    assertThat(rooms.bob).inRoom(rooms.there).sawMessages("hi", "hello");
    assertThat(rooms.alice).inRoom(rooms.here).sawMessages("hi", "hello");
  }

  @Test
  void redaction_ofAMessage_redactsTheCopy() {
    start();
    EventId hi = rooms.alice.says(rooms.here, "hi");
    program.prints("said " + hi);
    EventId copy = rooms.bob.seen().get(rooms.bob.seen().size() - 1).id().orElseThrow();
    program.prints("redacted " + rooms.alice.redacts(hi));

    assertThat(rooms.bob).inRoom(rooms.there).sawAtLeast(redacted(copy));
  }

  @Test
  void invitation_ofTheBot_isAccepted() {
    start();
    TestRoom lounge = rooms.alice.creates("lounge");
    rooms.alice.invites(lounge, bot);
    program.prints("joined " + lounge.id());

    assertThat(bot.snapshot()).hasJoined(lounge);
  }

  @Test
  void stop_ofTheBot_endsIt() {
    start();

    assertThat(program.stop()).isZero();
  }

  /** The SDK polls again 5 to 15 s after a failure, with the token from before. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANSWERS_NONSENSE")
  void sync_thatFails_isTakenUpAgain(Fault fault) {
    start();
    program.prints("said " + rooms.alice.says(rooms.here, "before"));
    fault.with(world.server().next(get("sync")));
    program.prints("said " + rooms.alice.says(rooms.here, "first"));
    program.prints("said " + rooms.alice.says(rooms.here, "second"));

    assertThat(rooms.bob).inRoom(rooms.there).sawMessages("before", "first", "second");
  }

  /** After an answer that is not JSON the SDK has no token, and begins anew: it gets old messages again. */
  @Test
  void sync_withNonsense_repeatsOldMessages() {
    start();
    EventId before = rooms.alice.says(rooms.here, "before");
    program.prints("said " + before);
    world.server().next(get("sync")).answersNonsense();
    program.prints("said " + rooms.alice.says(rooms.here, "first"));
    program.prints("said " + rooms.alice.says(rooms.here, "second"));
    program.printsTwice("said " + before);

    assertThat(rooms.bob).inRoom(rooms.there).sawAtLeast(said(bot, "before"), said(bot, "before"));
  }

  @Test
  void restart_ofTheServer_isSurvived() {
    start();
    program.prints("said " + rooms.alice.says(rooms.here, "before"));
    world.restarts();
    program.prints("said " + rooms.alice.says(rooms.here, "after"));

    assertThat(rooms.bob).inRoom(rooms.there).sawMessages("before", "after");
  }
}
