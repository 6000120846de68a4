package io.github.matrixsync.call;

/**
 * The engine does not answer what it was asked, for a reason that is not a failure: it lies in the question, or there
 * are too many of them. Each kind says what the caller can do.
 */
public abstract sealed class SyncException extends RuntimeException
    permits TokenAheadException,
        TokenExpiredException,
        RoomNotReadableException,
        LimitExceededException {
  private static final long serialVersionUID = 1L;

  SyncException(String message) {
    super(message);
  }
}
