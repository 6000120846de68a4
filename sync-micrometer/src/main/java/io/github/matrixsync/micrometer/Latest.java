package io.github.matrixsync.micrometer;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.operation.EngineHealth;
import io.github.matrixsync.operation.EngineStatistics;
import io.micrometer.core.instrument.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Caches the statistics of an engine for a second. A registry reads its meters one by one, and reading the statistics
 * visits every parked poll. Thread-safe.
 */
final class Latest {
  private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

  private final SyncEngine engine;
  private final Clock clock;
  private Read last; // guarded by this

  private record Read(EngineStatistics statistics, EngineHealth health, long at) {}

  Latest(SyncEngine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
    this.last = read();
  }

  EngineStatistics statistics() {
    return latest().statistics();
  }

  EngineHealth health() {
    return latest().health();
  }

  /** Returns the last statistics once the engine is closed. */
  private synchronized Read latest() {
    if (clock.monotonicTime() - last.at() >= FRESH) {
      try {
        last = read();
      } catch (IllegalStateException e) {
        // The engine is closed.
      }
    }
    return last;
  }

  private Read read() {
    return new Read(engine.statistics(), engine.health(), clock.monotonicTime());
  }
}
