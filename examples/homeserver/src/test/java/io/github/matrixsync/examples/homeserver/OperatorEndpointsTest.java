package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.examples.homeserver.Client.Reply;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.Payload;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Requester;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.operation.EngineHealth;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators ask. */
class OperatorEndpointsTest extends ServerTest {
  private record Stalled(EngineHealth.Kind kind, String where, Instant since, String detail)
      implements EngineHealth.Problem {}

  private static Answer health(
      Supplier<List<EngineHealth.Problem>> problems, Stores.Health stores) {
    Supplier<EngineHealth> engine = () -> {
      List<EngineHealth.Problem> now = problems.get();
      return () -> now;
    };
    Router router = new Router();
    new OperatorEndpoints(engine, () -> stores, new Meters()).addTo(router);
    Router.Match match = router.find("GET", List.of("health"));
    Requester nobody = new Requester(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    return match
        .handler()
        .handle(new Call(match, Map.of(), Payload.EMPTY, nobody))
        .join();
  }

  private static JsonNode json(Answer answer) {
    return Client.MAPPER.readTree(answer.body());
  }

  @Test
  void health_allIsWell_is200() {
    Reply reply = nobody.get("/health");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"healthy\":true,\"problems\":[],\"warnings\":[]}");
  }

  @Test
  void health_engineHasAProblem_is503WithTheReason() {
    Instant since = Instant.parse("2020-01-01T00:00:00Z");
    Stalled problem = new Stalled(EngineHealth.Kind.STALLED, "rooms", since, "3 behind");

    Answer answer = health(() -> List.of(problem), Stores.Health.GOOD);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(json(answer).path("healthy").asBoolean()).isFalse();
    assertThat(json(answer).path("problems").toString())
        .isEqualTo("[{\"what\":\"stalled\",\"where\":\"rooms\",\"detail\":\"3 behind\","
            + "\"since\":\"2020-01-01T00:00:00Z\"}]");
  }

  @Test
  void health_storesHaveAProblem_is503WithTheReasonAndTheWarnings() {
    Answer answer =
        health(List::of, new Stores.Health(List.of("no connection"), List.of("fsync is off")));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(json(answer).path("problems").findValuesAsString("detail"))
        .containsExactly("no connection");
    assertThat(json(answer).path("warnings").toString()).isEqualTo("[\"fsync is off\"]");
  }

  @Test
  void health_storesOnlyWarn_is200WithTheWarnings() {
    Answer answer = health(List::of, new Stores.Health(List.of(), List.of("fsync is off")));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).path("warnings").toString()).isEqualTo("[\"fsync is off\"]");
  }

  @Test
  void health_engineIsStopped_is503() throws Exception {
    HomeServer stopped = new HomeServer("localhost", LeftRooms.LISTED);
    try {
      Client client = Client.nobody("http://127.0.0.1:" + stopped.listen("127.0.0.1", 0));
      stopped.engine().close();

      Reply reply = client.get("/health");

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json().path("problems").findValuesAsString("what"))
          .containsExactly("stopped");
    } finally {
      stopped.close();
    }
  }

  @Test
  void health_databaseIsGone_saysWhy() throws Exception {
    EmbeddedPostgres database = Database.start();
    Output output = Output.capture(); // the store and its pool write that the database is gone
    try (Stores stores = Stores.onPostgres(database.getPostgresDatabase(), "health")) {
      assertThat(stores.health().get().problems()).isEmpty();

      database.close();

      assertThat(stores.health().get().problems()).hasSize(1);
    } finally {
      database.close();
      output.release();
    }
    assertThat(output.text()).doesNotContain("password");
  }

  @Test
  void metrics_afterAPoll_haveTheEngineAndTheAnswers() {
    Client alice = nobody.register("meter");
    alice.get("/events?timeout=0");
    alice.get("/nothing-is-here");

    Reply reply = nobody.get("/metrics");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.type()).isEqualTo(Meters.CONTENT_TYPE);
    assertThat(reply.text().lines())
        .contains("matrix_sync_healthy 1.0", "homeserver_poll_size_bytes_count 1")
        .anyMatch(line -> line.startsWith("matrix_sync_polls_parked "))
        .anyMatch(line -> line.startsWith("matrix_sync_store_calls_seconds_count{call="))
        .anyMatch(line -> line.startsWith("homeserver_http_answers_total{status=\"404\"} "));
  }

  @Test
  void health_otherMethod_is405() {
    assertThat(nobody.post("/health", "{}").status()).isEqualTo(405);
  }
}
