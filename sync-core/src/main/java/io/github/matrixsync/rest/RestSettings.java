package io.github.matrixsync.rest;

import io.github.matrixsync.call.LeftRooms;
import java.time.Duration;
import java.util.Objects;

/**
 * What a host may choose at the edge. Immutable.
 *
 * @param leftRooms what {@code /initialSync} without the parameter {@code archived} means
 * @param errcodes the errcodes of bad parameters
 * @param timeouts how long polls wait
 * @param snapshotLimits how many messages of each room come with a snapshot
 * @param messageLimits how many events a page of {@code /messages} has
 */
public record RestSettings(
    LeftRooms leftRooms,
    Errcodes errcodes,
    Timeouts timeouts,
    Limits snapshotLimits,
    Limits messageLimits) {
  /**
   * Left rooms are listed; {@code M_UNKNOWN} for a bad {@code from}, {@code to} or {@code timeout}
   * and {@code M_INVALID_PARAM} for the rest; 30 seconds of waiting, at most two minutes; 10
   * messages, at most 1,000.
   */
  public static final RestSettings DEFAULT = new RestSettings(
      LeftRooms.LISTED,
      new Errcodes("M_UNKNOWN", "M_INVALID_PARAM"),
      new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(2)),
      new Limits(10, 1_000),
      new Limits(10, 1_000));

  /** Checks that everything is there. */
  public RestSettings {
    Objects.requireNonNull(leftRooms, "left rooms");
    Objects.requireNonNull(errcodes, "errcodes");
    Objects.requireNonNull(timeouts, "timeouts");
    Objects.requireNonNull(snapshotLimits, "snapshot limits");
    Objects.requireNonNull(messageLimits, "message limits");
  }

  /**
   * Returns these settings with another meaning of {@code /initialSync} without {@code archived}.
   */
  public RestSettings withLeftRooms(LeftRooms absent) {
    return new RestSettings(absent, errcodes, timeouts, snapshotLimits, messageLimits);
  }

  /**
   * Returns these settings with other errcodes.
   *
   * @param token for a bad {@code from}, {@code to} or {@code timeout}
   * @param other for every other bad parameter
   */
  public RestSettings withErrcodes(String token, String other) {
    return new RestSettings(
        leftRooms, new Errcodes(token, other), timeouts, snapshotLimits, messageLimits);
  }

  /**
   * Returns these settings with other waits.
   *
   * @param absent for a poll without {@code timeout}
   * @param most for any poll, whatever it asks for
   */
  public RestSettings withTimeouts(Duration absent, Duration most) {
    return new RestSettings(
        leftRooms, errcodes, new Timeouts(absent, most), snapshotLimits, messageLimits);
  }

  /**
   * Returns these settings with other limits for snapshots. The engine's own,
   * {@link io.github.matrixsync.SyncEngineBuilder#historyLimit}, holds beside them.
   *
   * @param absent for one without {@code limit}
   * @param most for any, whatever it asks for
   */
  public RestSettings withSnapshotLimits(int absent, int most) {
    return new RestSettings(leftRooms, errcodes, timeouts, new Limits(absent, most), messageLimits);
  }

  /**
   * Returns these settings with other limits for pages of {@code /messages}. The engine's own,
   * {@link io.github.matrixsync.SyncEngineBuilder#historyLimit}, holds beside them.
   *
   * @param absent for one without {@code limit}
   * @param most for any, whatever it asks for
   */
  public RestSettings withMessageLimits(int absent, int most) {
    return new RestSettings(
        leftRooms, errcodes, timeouts, snapshotLimits, new Limits(absent, most));
  }

  /**
   * The errcodes of bad parameters. Immutable.
   *
   * @param token for a bad {@code from}, {@code to} or {@code timeout}
   * @param other for every other bad parameter
   */
  public record Errcodes(String token, String other) {
    /** Checks that both are there. */
    public Errcodes {
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
  public record Timeouts(Duration absent, Duration most) {
    /** Checks that neither is negative, and that the first is not above the second. */
    public Timeouts {
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
  public record Limits(int absent, int most) {
    /** Checks that neither is negative, and that the first is not above the second. */
    public Limits {
      if (absent < 0 || absent > most) {
        throw new IllegalArgumentException(
            "the limit must be from 0 to " + most + ", got " + absent);
      }
    }
  }
}
