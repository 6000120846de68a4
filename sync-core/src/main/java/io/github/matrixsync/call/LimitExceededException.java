package io.github.matrixsync.call;

import java.time.Duration;
import java.util.Objects;

/**
 * Thrown if there are too many polls, of one user or in all, or too much in the snapshots that are being taken. The
 * recovery is to ask again later.
 *
 * @since 0.1.0
 */
public non-sealed class LimitExceededException extends SyncException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /** For the engine, and for fakes of one. */
  protected LimitExceededException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = Objects.requireNonNull(retryAfter, "retry after");
  }

  /** Returns how long to wait before asking again is worth it. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
