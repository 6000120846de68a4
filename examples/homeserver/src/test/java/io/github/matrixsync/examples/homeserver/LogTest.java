package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's log has nothing of the content of requests. */
class LogTest extends ServerTest {
  private static final String SECRET = "a-secret";

  private Output output = Output.capture();

  @BeforeEach
  void capture() {
    output.release();
    output = Output.capture();
  }

  @AfterEach
  void release() {
    output.release();
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
    assertThat(output.text()).isEmpty();
  }

  @Test
  void request_serverFails_isWrittenAboutWithoutWhatItHolds() {
    HomeServer broken = new HomeServer("localhost", LeftRooms.LISTED);
    try {
      int at = broken.listen("127.0.0.1", 0);
      Client alice = Client.nobody("http://127.0.0.1:" + at).register("alice");
      String id = alice.createRoom("{}");
      broken.stores.close();
      Reply reply = alice.post(Client.room(id, "/send/x"), "{'a':'" + SECRET + "'}");
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text())
          .isEqualTo("{\"errcode\":\"M_UNKNOWN\",\"error\":\"Internal server error\"}");
      assertThat(output.text())
          .contains("POST rooms/*/send/* failed", "IllegalStateException")
          .doesNotContain(SECRET, "closed")
          .doesNotContain(alice.token());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      broken.close();
    }
  }

  @Test
  void outage_manyRequests_areLoggedOnce() throws Exception {
    HomeServer broken = new HomeServer("localhost", LeftRooms.LISTED);
    try {
      int at = broken.listen("127.0.0.1", 0);
      Client alice = Client.nobody("http://127.0.0.1:" + at).register("alice");
      String id = alice.createRoom("{}");
      broken.stores.close();
      List<CompletableFuture<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        replies.add(alice.later("GET", "/initialSync", body));
        replies.add(alice.later("GET", Client.room(id, "/messages"), body));
        replies.add(alice.later("GET", Client.room(id, "/state"), body));
        replies.add(alice.later("POST", Client.room(id, "/send/x"), body));
      }
      assertThat(replies).allMatch(reply -> reply.join().status() == 500);
      List<String> ofRequests = output.entries().stream()
          .filter(entry -> entry.contains("failed; more"))
          .toList();
      assertThat(ofRequests).hasSize(1);
      assertThat(output.text().length()).as("characters").isLessThan(20_000);
    } finally {
      broken.close();
    }
  }
}
