package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.homeserver.http.Response;
import io.github.matrixsync.micrometer.SyncEngineMetrics;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters of the server and its engine, in the text format of Prometheus. Thread-safe. */
final class Meters {
  /** Of the text that {@link #text} returns. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String ANSWERS = "homeserver.http.answers";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DistributionSummary polls = DistributionSummary.builder("homeserver.poll.size")
      .description("bodies of the answers of /sync and /events")
      .baseUnit("bytes")
      .register(registry);

  /** Adds the meters of an engine; closing what this returns removes them. */
  SyncEngineMetrics of(SyncEngine engine) {
    SyncEngineMetrics metrics = new SyncEngineMetrics(engine);
    metrics.bindTo(registry);
    return metrics;
  }

  /** Counts an answer by its status; of polls, the bytes as well. */
  void answered(String path, Response response) {
    registry.counter(ANSWERS, "status", String.valueOf(response.status())).increment();
    if (response.status() == 200 && (path.endsWith("/sync") || path.endsWith("/events"))) {
      polls.record((double) response.length());
    }
  }

  /** Returns all meters as they are now. */
  String text() {
    return registry.scrape();
  }
}
