package org.example;

import static io.github.matrixsync.testkit.Expected.joined;
import static io.github.matrixsync.testkit.Expected.redacted;
import static io.github.matrixsync.testkit.Expected.said;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static io.github.matrixsync.testkit.http.RequestPattern.post;
import static io.github.matrixsync.testkit.http.RequestPattern.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.http.FreePort;
import io.github.matrixsync.testkit.http.WorldServer;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge on an SDK for application services. */
@MatrixTest
abstract class ServiceTest {
  @TempDir
  Path directory;

  MatrixWorld world;
  WorldServer server;
  Rooms rooms;
  NodeProgram bridge;

  private final String program;
  private TestService irc;
  private List<String> arguments;

  ServiceTest(String program) {
    this.program = program;
  }

  @BeforeEach
  void rooms(MatrixWorld given) throws IOException {
    world = given;
    int port = FreePort.next();
    irc = world.service("irc").users("@irc_.*").url(URI.create("http://127.0.0.1:" + port)).register();
    server = world.server();
    rooms = new Rooms(world, irc.sender());
    Path registration = Files.writeString(directory.resolve("irc.yaml"), irc.registrationFile());
    arguments = new ArrayList<>(rooms.arguments());
    arguments.addAll(List.of(registration.toString(), String.valueOf(port)));
  }

  /** Starts the bridge, and lets it get what happened before. */
  final void start() {
    bridge = NodeProgram.start(program, arguments);
    irc.settle();
  }

  @AfterEach
  void end() {
    if (bridge != null) {
      bridge.close();
    }
  }

  final List<String> paths() {
    return server.requests().stream().map(request -> request.method() + " " + request.route()).toList();
  }

  @Test
  void messages_ofBothRooms_areSaidByGhostsInTheOther() {
    start();
    bridge.prints("said " + rooms.alice.says(rooms.here, "hi"));
    bridge.prints("said " + rooms.bob.says(rooms.there, "hello"));
    bridge.prints("said " + rooms.alice.says(rooms.here, "bye"));

    TestUser ghostOfAlice = world.user("irc_alice");
    TestUser ghostOfBob = world.user("irc_bob");
    assertThat(rooms.bob).inRoom(rooms.there).sawMessages("hi", "hello", "bye");
    assertThat(rooms.alice).inRoom(rooms.here).sawMessages("hi", "hello", "bye");
    assertThat(rooms.bob).inRoom(rooms.there).sawAtLeast(joined(ghostOfAlice), said(ghostOfAlice, "hi"));
    assertThat(rooms.alice).inRoom(rooms.here).sawAtLeast(joined(ghostOfBob), said(ghostOfBob, "hello"));
  }

  @Test
  void message_intoARoomByInvitation_isSaidByAGhostThatTheBotInvites() {
    rooms.bob.sets(rooms.there, "m.room.join_rules", "", "{\"join_rule\":\"invite\"}");
    server.expects(post("rooms/*/invite").by(irc.sender().id())).once();
    start();
    bridge.prints("said " + rooms.alice.says(rooms.here, "hi"));

    assertThat(rooms.bob).inRoom(rooms.there).sawMessages("hi");
  }

  @Test
  void redaction_ofAMessage_redactsTheCopy() {
    start();
    EventId hi = rooms.alice.says(rooms.here, "hi");
    bridge.prints("said " + hi);
    EventId copy = rooms.bob.seen().get(rooms.bob.seen().size() - 1).id().orElseThrow();
    bridge.prints("redacted " + rooms.alice.redacts(hi));

    assertThat(rooms.bob).inRoom(rooms.there).sawAtLeast(redacted(copy));
  }

  @Test
  void stop_ofTheBridge_endsIt() {
    start();

    assertThat(bridge.stop()).isZero();
    assertThat(bridge.printed()).contains("stopped");
  }

  @Test
  void restart_ofTheServer_isSurvived() {
    start();
    bridge.prints("said " + rooms.alice.says(rooms.here, "before"));
    irc.settle(); // matrix-bot-sdk ends if the restart cuts a request that it makes for its own message
    world.restarts();
    bridge.prints("said " + rooms.alice.says(rooms.here, "after"));

    assertThat(rooms.bob).inRoom(rooms.there).sawMessages("before", "after");
  }

  @Test
  void lastTransaction_thatComesAgain_isTakenOnce() {
    start();
    bridge.prints("said " + rooms.alice.says(rooms.here, "hi"));
    irc.settle();
    irc.redelivers();
    irc.settle();
    bridge.prints("said " + rooms.alice.says(rooms.here, "bye"));

    assertThat(rooms.bob).inRoom(rooms.there).sawMessages("hi", "bye");
  }

  /**
   * Returns what becomes of a message if a fault happens when its ghost is registered, when the ghost joins, when the
   * message is sent, and when it is sent by a bridge that tries again with the same transaction id.
   */
  abstract List<Outcome> outcomes(Fault fault);

  @Test
  void requests_thatFail_haveTheOutcomesOfThisSdk() {
    start();
    Map<Fault, List<Outcome>> expected = new EnumMap<>(Fault.class);
    Map<Fault, List<Outcome>> actual = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      expected.put(fault, outcomes(fault));
      actual.put(
          fault,
          List.of(
              rooms.outcome(bridge, fault, post("register"), "register "),
              rooms.outcome(bridge, fault, post("join/*"), "join "),
              rooms.outcome(bridge, fault, put("rooms/*/send/**"), "send "),
              rooms.outcome(bridge, fault, put("rooms/*/send/**"), "!retry ")));
    }

    assertThat(actual).isEqualTo(expected);
  }
}
