package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.encode;
import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.examples.homeserver.Client.Reply;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Two servers on one PostgreSQL, and one that is started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresOverHttpTest {
  private final EmbeddedPostgres database = Database.start();
  private final HomeServer first = server();
  private final HomeServer second = server();
  private Client alice = Client.nobody("");
  private Client bob = Client.nobody("");

  private HomeServer server() {
    return new HomeServer(
        "localhost",
        LeftRooms.LISTED,
        List.of(),
        Stores.onPostgres(database.getPostgresDatabase(), "example"));
  }

  @BeforeAll
  void listen() throws Exception {
    alice = clientOf(first).register("alice");
    bob = clientOf(second).register("bob");
  }

  @AfterAll
  void close() throws IOException {
    first.close();
    second.close();
    database.close();
  }

  private static Client clientOf(HomeServer server) throws Exception {
    return Client.nobody("http://127.0.0.1:" + server.listen("127.0.0.1", 0));
  }

  private static Reply message(Client sender, String id, String text) {
    return sender.post(room(id, "/send/m.room.message"), "{'body':'" + text + "'}");
  }

  private static List<String> bodies(JsonNode batch) {
    return batch.path("chunk").findValuesAsString("body");
  }

  /** Polls until so many messages have come: a node hears a moment later of what another one has stored. */
  private static List<String> bodies(Client reader, String token, int count) {
    List<String> bodies = new ArrayList<>();
    String from = token;
    boolean isOver = false;
    while (bodies.size() < count && !isOver) {
      Reply reply = reader.get("/events?timeout=50000&from=" + from);
      assertThat(reply.status()).isEqualTo(200);
      bodies.addAll(bodies(reply.json()));
      from = reply.json().path("end").asString();
      isOver = reply.json().path("chunk").isEmpty();
    }
    return bodies;
  }

  @Test
  void send_onOneNode_wakesAPollOnTheOther() throws Exception {
    String id = alice.createRoom("{'preset':'public_chat'}");
    assertThat(bob.post("/join/" + encode(id), "").status()).isEqualTo(200);
    bob.get("/events?timeout=0"); // now bob is online
    String now = bob.get("/initialSync").json().path("end").asString();
    CompletableFuture<Reply> poll =
        bob.later("GET", "/events?timeout=50000&from=" + now, new byte[0]);
    ServerTest.awaitParked(second, 1);

    assertThat(message(alice, id, "hello").status()).isEqualTo(200);

    assertThat(bodies(poll.get(20, TimeUnit.SECONDS).json())).contains("hello");
  }

  /** Bob's memberships and the rules hold on both nodes, whichever was asked. */
  @Test
  void ban_onOneNode_holdsOnTheOther() {
    String id = alice.createRoom("{'preset':'public_chat'}");
    bob.post("/join/" + encode(id), "");
    assertThat(message(bob, id, "in").status()).isEqualTo(200);

    alice.post(room(id, "/ban"), "{'user_id':'" + bob.user() + "'}");

    assertThat(message(bob, id, "out").status()).isEqualTo(403);
    assertThat(bob.post("/join/" + encode(id), "").status()).isEqualTo(403);
  }

  @Test
  void token_ofOneNode_isAnsweredByTheOther() {
    String id = alice.createRoom("{'preset':'public_chat'}");
    bob.post("/join/" + encode(id), "");
    Client aliceThere = Client.nobody(bob.base()).register("alice");
    String from = alice.get("/initialSync").json().path("end").asString();
    message(bob, id, "one");
    message(alice, id, "two");

    assertThat(bodies(aliceThere, from, 2)).containsExactly("one", "two");
  }

  @Test
  void restart_roomAndTokens_areThere() throws Exception {
    HomeServer earlier = server();
    Client carol = clientOf(earlier).register("carol");
    String id = carol.createRoom("{'name':'Lounge','room_alias_name':'lounge'}");
    String from = carol.get("/initialSync").json().path("end").asString();
    message(carol, id, "before");
    earlier.close();

    HomeServer later = server();
    try {
      Client again = clientOf(later).register("carol");
      assertThat(message(again, id, "after").status()).isEqualTo(200);
      assertThat(bodies(again.get("/events?timeout=0&from=" + from).json()))
          .containsExactly("before", "after");
      assertThat(again.get("/directory/room/" + encode("#lounge:localhost")).text())
          .contains(id);
      assertThat(again.get("/initialSync?limit=5").text()).contains("Lounge", "before", "after");
    } finally {
      later.close();
    }
  }
}
