package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.operation.EngineHealth;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What operators ask: the health and the meters. Thread-safe. */
final class OperatorEndpoints {
  private final Supplier<EngineHealth> engine;
  private final Supplier<Stores.Health> stores;
  private final Meters meters;

  /**
   * Creates the endpoints of a server.
   *
   * @param engine throws {@link IllegalStateException} while the engine is closed
   */
  OperatorEndpoints(Supplier<EngineHealth> engine, Supplier<Stores.Health> stores, Meters meters) {
    this.engine = engine;
    this.stores = stores;
    this.meters = meters;
  }

  void addTo(Router router) {
    for (String method : Page.READS) {
      router.add(method, "health", call -> health());
      router.add(method, "metrics", call -> metrics());
    }
  }

  /** Answers 200 if the engine follows its stores and these work, else 503 with the reasons. */
  private Answer health() {
    ArrayNode problems = new ArrayNode();
    ArrayNode warnings = new ArrayNode();
    try {
      engine.get().problems().forEach(problem -> add(problems, problem));
      Stores.Health health = stores.get();
      health.problems().forEach(text -> problem(problems, "failing", "stores", text));
      health.warnings().forEach(warnings::add);
    } catch (IllegalStateException e) {
      problem(problems, "stopped", "engine", "the engine is stopped, or starts again");
    }
    boolean healthy = problems.size() == 0;
    ObjectNode answer = Json.object().put("healthy", healthy);
    answer.set("problems", problems).set("warnings", warnings);
    return Answer.of(healthy ? 200 : 503, answer);
  }

  private static void add(ArrayNode problems, EngineHealth.Problem problem) {
    String what = problem.kind().name().toLowerCase(Locale.ROOT);
    problem(problems, what, problem.where(), problem.detail())
        .put("since", problem.since().toString());
  }

  private static ObjectNode problem(ArrayNode problems, String what, String where, String detail) {
    return problems.addObject().put("what", what).put("where", where).put("detail", detail);
  }

  private Answer metrics() {
    return Answer.file(
        Map.of("Content-Type", Meters.CONTENT_TYPE),
        meters.text().getBytes(StandardCharsets.UTF_8));
  }
}
