package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.testkit.http.RequestPattern;
import java.time.Duration;

/**
 * What goes wrong with a request. Immutable.
 *
 * @param pattern of the requests
 * @param kind what happens
 * @param status of an answer with an error
 * @param time until the request is done, or is to be sent again
 */
record Fault(RequestPattern pattern, Kind kind, int status, Duration time) {
  /** What happens, and whether the request is done all the same. */
  enum Kind {
    NONE(true),
    ERROR(false),
    LIMIT(false),
    CUT(true),
    HANG_UP(false),
    HANG_UP_AFTER_DOING(true),
    SLOW(true),
    NONSENSE(false);

    private final boolean isDone;

    Kind(boolean isDone) {
      this.isDone = isDone;
    }
  }

  boolean isDone() {
    return kind.isDone;
  }

  /** Returns the requests and what happens to them. */
  @Override
  public String toString() {
    return pattern + (kind == Kind.SLOW ? " slow" : " fail");
  }
}
