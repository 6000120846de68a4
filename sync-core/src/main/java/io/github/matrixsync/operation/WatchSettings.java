package io.github.matrixsync.operation;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an engine watches its stores: for changes whose signal was lost, and for calls that are slow or fail. Immutable;
 * more settings may be added. Durations are positive; more than ten years count as ten years.
 *
 * @since 0.1.0
 */
public final class WatchSettings {
  /**
   * A look at every stream each second; users' settings are read again after 10 minutes; a store call is slow after one
   * second, and an engine that does not get on is unhealthy after 10 seconds.
   */
  public static final WatchSettings DEFAULT = new WatchSettings(
      Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final Duration fallbackInterval;
  private final Duration settingsAge;
  private final Duration slowCall;
  private final Duration stallLimit;

  private WatchSettings(
      Duration fallbackInterval, Duration settingsAge, Duration slowCall, Duration stallLimit) {
    this.fallbackInterval = fallbackInterval;
    this.settingsAge = settingsAge;
    this.slowCall = slowCall;
    this.stallLimit = stallLimit;
  }

  /** Returns how often the engine looks at its stores without a signal; a lost signal delays events for so long. */
  public Duration fallbackInterval() {
    return fallbackInterval;
  }

  /** Returns for how long users' settings, erasure among them, are used without being read again. */
  public Duration settingsAge() {
    return settingsAge;
  }

  /** Returns how long a store call may take before it is logged as slow. */
  public Duration slowCall() {
    return slowCall;
  }

  /** Returns how long the engine may lag behind a store without getting on before it counts as unhealthy. */
  public Duration stallLimit() {
    return stallLimit;
  }

  /** Returns these settings with another interval between looks without a signal. */
  public WatchSettings withFallbackInterval(Duration interval) {
    return new WatchSettings(
        Checks.positive(interval, "fallback interval"), settingsAge, slowCall, stallLimit);
  }

  /**
   * Returns these settings with another age of users' settings. A change of which the store tells its listeners, as
   * rule L1 of the store contract demands, counts at once; this bounds how long one goes unnoticed whose signal was
   * lost.
   */
  public WatchSettings withSettingsAge(Duration age) {
    return new WatchSettings(
        fallbackInterval, Checks.positive(age, "settings age"), slowCall, stallLimit);
  }

  /**
   * Returns these settings with another limit of slow store calls. A slow method is logged once, for as long as it
   * stays slow.
   */
  public WatchSettings withSlowCall(Duration limit) {
    return new WatchSettings(
        fallbackInterval, settingsAge, Checks.positive(limit, "slow store call"), stallLimit);
  }

  /**
   * Returns these settings with another limit after which {@link io.github.matrixsync.SyncEngine#health} reports a
   * problem: a stream that does not get on, reads that fail, or a store call that does not return.
   */
  public WatchSettings withStallLimit(Duration limit) {
    return new WatchSettings(
        fallbackInterval, settingsAge, slowCall, Checks.positive(limit, "stall limit"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WatchSettings that
        && fallbackInterval.equals(that.fallbackInterval)
        && settingsAge.equals(that.settingsAge)
        && slowCall.equals(that.slowCall)
        && stallLimit.equals(that.stallLimit);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fallbackInterval, settingsAge, slowCall, stallLimit);
  }

  @Override
  public String toString() {
    return "WatchSettings[fallbackInterval=" + fallbackInterval + ", settingsAge=" + settingsAge
        + ", slowCall=" + slowCall + ", stallLimit=" + stallLimit + "]";
  }
}
