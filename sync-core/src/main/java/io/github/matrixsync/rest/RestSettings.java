package io.github.matrixsync.rest;

import io.github.matrixsync.call.LeftRooms;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a host may choose at the edge. Immutable; more settings may be added.
 *
 * @since 0.1.0
 */
public final class RestSettings {
  private static final Map<String, String> ANY_ORIGIN = Map.of(
      "Access-Control-Allow-Origin", "*",
      "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS",
      "Access-Control-Allow-Headers",
          "Origin, X-Requested-With, Content-Type, Accept, Authorization");

  /**
   * Left rooms are listed; {@code M_UNKNOWN} for a bad {@code from}, {@code to} or {@code timeout} and
   * {@code M_INVALID_PARAM} for the rest; 30 seconds of waiting, at most two minutes; 10 messages, at most 1,000;
   * browsers may read the answers on pages of any origin.
   */
  public static final RestSettings DEFAULT = new RestSettings(new Values(
      LeftRooms.LISTED,
      new Errcodes("M_UNKNOWN", "M_INVALID_PARAM"),
      new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(2)),
      new Limits(10, 1_000),
      new Limits(10, 1_000),
      ANY_ORIGIN));

  private final Values values;

  private RestSettings(Values values) {
    this.values = values;
  }

  /** Returns what {@code /initialSync} without the parameter {@code archived} means. */
  public LeftRooms leftRooms() {
    return values.leftRooms;
  }

  /** Returns the CORS headers of every answer; may be empty. */
  public Map<String, String> corsHeaders() {
    return values.corsHeaders;
  }

  Errcodes errcodes() {
    return values.errcodes;
  }

  Timeouts timeouts() {
    return values.timeouts;
  }

  Limits snapshotLimits() {
    return values.snapshotLimits;
  }

  Limits messageLimits() {
    return values.messageLimits;
  }

  /** Returns these settings with another meaning of {@code /initialSync} without {@code archived}. */
  public RestSettings withLeftRooms(LeftRooms absent) {
    return new RestSettings(new Values(
        Objects.requireNonNull(absent, "left rooms"),
        values.errcodes,
        values.timeouts,
        values.snapshotLimits,
        values.messageLimits,
        values.corsHeaders));
  }

  /**
   * Returns these settings with other errcodes.
   *
   * @param token for a bad {@code from}, {@code to} or {@code timeout}
   * @param other for every other bad parameter
   */
  public RestSettings withErrcodes(String token, String other) {
    return new RestSettings(new Values(
        values.leftRooms,
        new Errcodes(token, other),
        values.timeouts,
        values.snapshotLimits,
        values.messageLimits,
        values.corsHeaders));
  }

  /**
   * Returns these settings with other waits.
   *
   * @param absent for a poll without {@code timeout}, zero or more
   * @param most for any poll, whatever it asks for; not less than {@code absent}
   */
  public RestSettings withTimeouts(Duration absent, Duration most) {
    return new RestSettings(new Values(
        values.leftRooms,
        values.errcodes,
        new Timeouts(absent, most),
        values.snapshotLimits,
        values.messageLimits,
        values.corsHeaders));
  }

  /**
   * Returns these settings with other limits for snapshots. The engine's own,
   * {@link io.github.matrixsync.operation.ReadSettings#historyLimit}, holds beside them.
   *
   * @param absent the messages of each room without {@code limit}, 0 or more; 0: none
   * @param most for any, whatever it asks for; not less than {@code absent}
   */
  public RestSettings withSnapshotLimits(int absent, int most) {
    return new RestSettings(new Values(
        values.leftRooms,
        values.errcodes,
        values.timeouts,
        new Limits(absent, most),
        values.messageLimits,
        values.corsHeaders));
  }

  /**
   * Returns these settings with other limits for pages of {@code /messages}. The engine's own,
   * {@link io.github.matrixsync.operation.ReadSettings#historyLimit}, holds beside them.
   *
   * @param absent the events of one without {@code limit}, 0 or more; 0: none
   * @param most for any, whatever it asks for; not less than {@code absent}
   */
  public RestSettings withMessageLimits(int absent, int most) {
    return new RestSettings(new Values(
        values.leftRooms,
        values.errcodes,
        values.timeouts,
        values.snapshotLimits,
        new Limits(absent, most),
        values.corsHeaders));
  }

  /**
   * Returns these settings with other CORS headers, which every answer of the edge has, errors too. A host that sets
   * them itself gives none. The answers to {@code OPTIONS} requests are the host's in any case.
   *
   * @param headers by name, each of which begins with {@code Access-Control-} or is {@code Vary}, in any case; may be
   *     empty
   */
  public RestSettings withCorsHeaders(Map<String, String> headers) {
    return new RestSettings(new Values(
        values.leftRooms,
        values.errcodes,
        values.timeouts,
        values.snapshotLimits,
        values.messageLimits,
        corsHeaders(headers)));
  }

  private static Map<String, String> corsHeaders(Map<String, String> headers) {
    for (String name : headers.keySet()) {
      boolean isCors =
          name.regionMatches(true, 0, "Access-Control-", 0, "Access-Control-".length());
      if (!isCors && !name.equalsIgnoreCase("Vary")) {
        throw new IllegalArgumentException(
            "a CORS header must begin with Access-Control- or be Vary, got " + name);
      }
    }
    return Map.copyOf(headers);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RestSettings that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "RestSettings" + values.toString().substring("Values".length());
  }

  /** All settings. */
  // More than five parameters: one for each setting, and the methods above are its only callers.
  private record Values(
      LeftRooms leftRooms,
      Errcodes errcodes,
      Timeouts timeouts,
      Limits snapshotLimits,
      Limits messageLimits,
      Map<String, String> corsHeaders) {}

  /**
   * The errcodes of bad parameters. Immutable.
   *
   * @param token for a bad {@code from}, {@code to} or {@code timeout}
   * @param other for every other bad parameter
   */
  record Errcodes(String token, String other) {
    Errcodes {
      Objects.requireNonNull(token, "token errcode");
      Objects.requireNonNull(other, "other errcode");
    }
  }

  /**
   * How long polls wait. Immutable.
   *
   * @param absent how long one without {@code timeout} waits
   * @param most how long any waits; who asks for more gets this much
   */
  record Timeouts(Duration absent, Duration most) {
    Timeouts {
      if (absent.isNegative() || absent.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            "the timeout must be from 0 to " + most + ", got " + absent);
      }
    }
  }

  /**
   * How many events of a room an answer has. Immutable.
   *
   * @param absent how many without {@code limit}
   * @param most how many at most; who asks for more gets this many
   */
  record Limits(int absent, int most) {
    Limits {
      if (absent < 0 || absent > most) {
        throw new IllegalArgumentException(
            "the limit must be from 0 to " + most + ", got " + absent);
      }
    }
  }
}
