package io.github.matrixsync.internal.stores;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What every part of an engine works with. Thread-safe.
 *
 * @param roles the host's stores
 * @param threads what may block runs there
 * @param clock the wall clock
 * @param fallbackInterval for how long a signal that a stream moved may be lost
 * @param settingsAge for how long a signal that a user's settings changed may be lost
 */
public record EngineContext(
    Stores roles,
    EngineThreads threads,
    InstantSource clock,
    Duration fallbackInterval,
    Duration settingsAge) {
  /** Returns instants that nobody sets: how long ago something was is measured by these. They tell no time of day. */
  public InstantSource steadyClock() {
    return () -> Instant.EPOCH.plusNanos(threads.nanoTime());
  }
}
