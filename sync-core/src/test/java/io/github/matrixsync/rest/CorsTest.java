package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.world.Logged;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The headers of answers of every kind. */
class CorsTest {
  @RegisterExtension
  final Logged logged = new Logged();

  private static final Map<String, String> DEFAULT = Map.of(
      "Content-Type", "application/json",
      "Access-Control-Allow-Origin", "*",
      "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS",
      "Access-Control-Allow-Headers",
          "Origin, X-Requested-With, Content-Type, Accept, Authorization");

  @Test
  void headers_byDefault_letPagesOfAnyOriginReadTheAnswer() {
    assertThat(headers(RestSettings.DEFAULT)).hasSize(7).containsOnly(DEFAULT);
  }

  @Test
  void headers_ofTheHosts_comeWithAnswersOfEveryKind() {
    Map<String, String> own = Map.of("access-control-allow-origin", "https://h", "Vary", "Origin");

    assertThat(headers(RestSettings.DEFAULT.withCorsHeaders(own)))
        .containsOnly(Map.of(
            "Content-Type",
            "application/json",
            "access-control-allow-origin",
            "https://h",
            "Vary",
            "Origin"));
  }

  @Test
  void headers_none_leaveTheTypeAlone() {
    assertThat(headers(RestSettings.DEFAULT.withCorsHeaders(Map.of())))
        .containsOnly(Map.of("Content-Type", "application/json"));
  }

  @Test
  void headers_thatAreNotOfCors_areRefused() {
    for (String name : List.of("Content-Type", "content-length", "Access", "Variety")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RestSettings.DEFAULT.withCorsHeaders(Map.of(name, "*")))
          .withMessageContaining(name);
    }
  }

  /**
   * Returns the headers of an answer, of later failures, of refusals by the edge and for the path, of an exception of
   * the engine, and of errors of the host.
   */
  private List<Map<String, String>> headers(RestSettings settings) {
    TestEdge edge = new TestEdge(settings);
    CompletableFuture<RestResponse> answered = edge.begin("/events");
    CompletableFuture<EventBatch> call = edge.engine.answerWith(new CompletableFuture<>());
    CompletableFuture<RestResponse> failed = edge.begin("/events");
    call.completeExceptionally(new IllegalStateException("test"));
    edge.engine.throwAlways(new IllegalStateException("test"));
    List<Map<String, String>> headers = List.of(
        answered.join().headers(),
        failed.join().headers(),
        edge.begin("/events", "limit", "x").join().headers(),
        edge.begin("/events/nothing").join().headers(),
        edge.begin("/initialSync").join().headers(),
        edge.edge.error(404, "M_NOT_FOUND", "").headers(),
        edge.edge.failed("PUT x", new IllegalStateException("test")).headers());
    assertThat(logged.text()).contains("GET /events failed");
    return headers;
  }
}
