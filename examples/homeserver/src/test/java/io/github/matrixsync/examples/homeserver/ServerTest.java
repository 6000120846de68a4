package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.LeftRooms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests against a server of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerTest {
  final HomeServer server = new HomeServer("localhost", LeftRooms.LISTED);
  int port;
  Client nobody = Client.nobody("");

  @BeforeAll
  void listen() throws Exception {
    port = server.listen("127.0.0.1", 0);
    nobody = Client.nobody("http://127.0.0.1:" + port);
  }

  @AfterAll
  void close() {
    server.close();
  }
}
