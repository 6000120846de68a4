package io.github.matrixsync.internal.stores;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.operation.WatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Holds the stores, threads, clock and intervals that all parts of an engine share. Thread-safe.
 *
 * @param stores the host's stores
 * @param threads run everything that may block
 * @param clock the wall clock
 * @param watch how the stores are watched
 */
public record EngineContext(
    Stores stores, EngineThreads threads, InstantSource clock, WatchSettings watch) {
  /** Returns for how long users' settings are used without being read again. */
  public Duration settingsAge() {
    return watch.settingsAge();
  }

  /** Returns a monotonic clock, for measuring how long ago something was; it does not tell the time of day. */
  public InstantSource steadyClock() {
    return () -> Instant.EPOCH.plusNanos(threads.nanoTime());
  }
}
