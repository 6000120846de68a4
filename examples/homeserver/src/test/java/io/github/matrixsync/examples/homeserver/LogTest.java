package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server writes about requests: nothing of what is in them. */
class LogTest extends ServerTest {
  private static final String SECRET = "a-secret";

  private final PrintStream errors = System.err;
  private final PrintStream output = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    written.reset();
    PrintStream all = new PrintStream(written, true, StandardCharsets.UTF_8);
    System.setErr(all);
    System.setOut(all);
  }

  @AfterEach
  void release() {
    System.setErr(errors);
    System.setOut(output);
  }

  @Test
  void request_badInAnyWay_isNotWrittenAbout() {
    Client alice = nobody.register("alice");
    String id = alice.createRoom("{'name':'" + SECRET + "'}");
    for (Reply reply : new Reply[] {
      alice.get("/events?from=" + SECRET),
      alice.get("/events?timeout=" + SECRET),
      alice.get("/events/" + SECRET),
      alice.get("/rooms/" + SECRET + "/messages"),
      alice.get("/initialSync?access_token=" + SECRET),
      nobody.get("/initialSync?access_token=" + SECRET),
      alice.post(Client.room(id, "/send/x"), "{'a':'" + SECRET),
      alice.post(Client.room(id, "/send/x"), "{'a':" + SECRET + "}"),
      alice.post(Client.room(id, "/send/x"), "['" + SECRET + "']"),
      alice.put(Client.room(id, "/state/m.room.member/" + SECRET), "{'membership':'join'}"),
      nobody.post(
          "/login", "{'type':'m.login.password','user':'alice','password':'" + SECRET + "'}"),
    }) {
      assertThat(reply.status()).as(reply.text()).isBetween(200, 499);
    }
    assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void request_serverFails_isWrittenAboutWithoutWhatItHolds() {
    HomeServer broken = new HomeServer("localhost", LeftRooms.LISTED);
    try {
      int at = broken.listen("127.0.0.1", 0);
      Client alice = Client.nobody("http://127.0.0.1:" + at).register("alice");
      String id = alice.createRoom("{}");
      broken.events.close();
      Reply reply = alice.post(Client.room(id, "/send/x"), "{'a':'" + SECRET + "'}");
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text())
          .isEqualTo("{\"errcode\":\"M_UNKNOWN\",\"error\":\"Internal server error\"}");
      assertThat(written.toString(StandardCharsets.UTF_8))
          .contains("cannot answer", "IllegalStateException")
          .doesNotContain(SECRET, "closed")
          .doesNotContain(alice.token());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      broken.close();
    }
  }
}
