package org.example;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.http.FreePort;
import io.github.matrixsync.testkit.junit.MatrixWorldExtension;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

// region test
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@DirtiesContext
class BridgeSpringTest {
  @RegisterExtension
  static final MatrixWorldExtension MATRIX = MatrixWorldExtension.with(builder -> {});

  private static final int PORT = FreePort.next();
  private static TestService irc;

  @DynamicPropertySource
  static void matrix(DynamicPropertyRegistry registry) {
    MatrixWorld world = MATRIX.world();
    irc = world
        .service("irc")
        .users("@irc_.*")
        .url(URI.create("http://127.0.0.1:" + PORT))
        .register();
    registry.add("server.port", () -> PORT);
    registry.add("bridge.homeserver", () -> world.server().url());
    registry.add("bridge.as-token", irc::asToken);
    registry.add("bridge.hs-token", irc::hsToken);
  }

  @Test
  void ping_inAMatrixRoom_isAnsweredOnce() {
    TestUser alice = MATRIX.world().user("alice");
    TestRoom here = alice.creates("here").with(irc.sender());
    alice.says(here, "!ping");
    irc.settle();

    assertThat(alice).inRoom(here).sawMessages("!ping", "pong");
  }
}
// endregion
