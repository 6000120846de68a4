package io.github.matrixsync.internal.error;

import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.event.RoomId;
import java.time.Duration;

/** Makes the errors that a caller may meet. */
public final class EngineErrors {
  private EngineErrors() {}

  /** Returns the error for a token beyond the end of the stream. Both are given as they are printed. */
  public static TokenAheadException tokenAhead(String token, String end) {
    return new TokenAhead(
        "token " + token + " is ahead of the stream's end " + end + "; start anew without a token");
  }

  /** Returns the error for a token after whose room position {@code after} not all events are stored any more. */
  public static TokenExpiredException tokenExpired(long after, long retainedAfter) {
    return new TokenExpired("events after "
        + after
        + " are no longer all kept, only those after "
        + retainedAfter
        + "; start anew without a token");
  }

  /** Returns the error for a room that the user may not read, or that does not exist. */
  public static RoomNotReadableException roomNotReadable(RoomId room) {
    return new RoomNotReadable("not permitted to read room " + room);
  }

  /** Returns the error of a poll whose user has as many as a user may have. */
  public static LimitExceededException tooManyPollsOfUser(int most) {
    return new LimitExceeded("a user may have " + most + " polls at a time", Duration.ofSeconds(5));
  }

  /** Returns the error of a poll when there are as many as there may be in all. */
  public static LimitExceededException tooManyPolls() {
    return new LimitExceeded("too many polls are waiting", Duration.ofSeconds(5));
  }

  /** Returns the error of a snapshot when those being taken refer to as much as they may. */
  public static LimitExceededException tooManySnapshots() {
    return new LimitExceeded(
        "too many or too large snapshots are being taken", Duration.ofSeconds(1));
  }

  private static final class TokenAhead extends TokenAheadException {
    private static final long serialVersionUID = 1L;

    TokenAhead(String message) {
      super(message);
    }
  }

  private static final class TokenExpired extends TokenExpiredException {
    private static final long serialVersionUID = 1L;

    TokenExpired(String message) {
      super(message);
    }
  }

  private static final class RoomNotReadable extends RoomNotReadableException {
    private static final long serialVersionUID = 1L;

    RoomNotReadable(String message) {
      super(message);
    }
  }

  private static final class LimitExceeded extends LimitExceededException {
    private static final long serialVersionUID = 1L;

    LimitExceeded(String message, Duration retryAfter) {
      super(message, retryAfter);
    }
  }
}
