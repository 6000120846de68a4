package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.homeserver.appservice.Pusher;
import io.github.matrixsync.micrometer.SyncEngineMetrics;
import io.github.matrixsync.rest.RestEdge;
import java.util.List;

/**
 * An engine, and what ends with it. Thread-safe.
 *
 * @param engine reads the stores, which stay
 * @param edge answers its requests
 * @param pushers send its events to application services
 * @param metrics its meters
 */
record RunningEngine(
    SyncEngine engine, RestEdge edge, List<Pusher> pushers, SyncEngineMetrics metrics)
    implements AutoCloseable {
  /** Sends nothing more to application services. */
  void stopPushes() {
    pushers.forEach(Pusher::close);
  }

  /** Ends the engine; closing again does nothing. */
  @Override
  public void close() {
    stopPushes();
    metrics.close();
    engine.close();
  }
}
