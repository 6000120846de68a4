package io.github.matrixsync.internal.stores;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Holds the stores, threads, clock and intervals that all parts of an engine share. Thread-safe.
 *
 * @param stores the host's stores
 * @param threads run everything that may block
 * @param clock the wall clock
 * @param fallbackInterval the longest time until a lost signal of a stream's advance is noticed
 * @param settingsAge the longest time until a lost signal of a change of a user's settings is noticed
 */
public record EngineContext(
    Stores stores,
    EngineThreads threads,
    InstantSource clock,
    Duration fallbackInterval,
    Duration settingsAge) {
  /** Returns a monotonic clock, for measuring how long ago something was; it does not tell the time of day. */
  public InstantSource steadyClock() {
    return () -> Instant.EPOCH.plusNanos(threads.nanoTime());
  }
}
