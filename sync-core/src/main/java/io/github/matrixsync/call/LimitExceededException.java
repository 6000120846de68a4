package io.github.matrixsync.call;

import java.time.Duration;
import java.util.Objects;

/**
 * More is going on than the engine was built to bear: too many polls, of one user or in all, or too much in snapshots.
 * The recovery is to ask again later.
 */
public final class LimitExceededException extends SyncException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  LimitExceededException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = Objects.requireNonNull(retryAfter, "retry after");
  }

  /** Returns the failure of a poll whose user has as many as a user may have. */
  public static LimitExceededException pollsOfUser(int most) {
    return new LimitExceededException(
        "a user may have " + most + " polls at a time", Duration.ofSeconds(5));
  }

  /** Returns the failure of a poll when there are as many as there may be in all. */
  public static LimitExceededException polls() {
    return new LimitExceededException("too many polls are waiting", Duration.ofSeconds(5));
  }

  /** Returns the failure of a snapshot when those being taken refer to as much as they may. */
  public static LimitExceededException snapshots() {
    return new LimitExceededException(
        "too many or too large snapshots are being taken", Duration.ofSeconds(1));
  }

  /** Returns how long to wait before asking again is worth it. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
