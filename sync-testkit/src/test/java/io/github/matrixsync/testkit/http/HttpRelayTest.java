package io.github.matrixsync.testkit.http;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static io.github.matrixsync.testkit.http.RequestPattern.put;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The example of the documentation. */
@MatrixTest
@SuppressWarnings("try") // the relay works by itself
class HttpRelayTest {
  // region lost-answer
  @Test
  void send_whoseAnswerIsLost_isNotSaidTwice(MatrixWorld world) throws IOException {
    int port = FreePort.next();
    TestService irc = world
        .service("irc")
        .users("@irc_.*")
        .url(URI.create("http://127.0.0.1:" + port))
        .register();
    WorldServer server = world.server();
    TestUser alice = world.user("alice");
    TestUser bob = world.user("bob");
    TestRoom here = alice.creates("here").with(irc.sender());
    TestRoom there = bob.creates("there").with(irc.sender());
    server.next(put("rooms/*/send/**")).hangsUpAfterDoing();
    server.expects(put("rooms/*/send/**")).times(2).named("the relayed message, tried twice");

    try (HttpRelay relay = HttpRelay.start(server.url(), irc.asToken(), irc.hsToken(), port)) {
      alice.says(here, "hi");
      irc.settle();
      irc.redelivers();
      irc.settle();
    }

    assertThat(bob).inRoom(there).sawMessages("@alice:test: hi");
  }
  // endregion
}
