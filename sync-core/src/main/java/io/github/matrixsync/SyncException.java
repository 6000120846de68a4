package io.github.matrixsync;

/** The engine cannot answer what it was asked, for a reason that lies in the question. Each kind says what the caller can do. */
public abstract sealed class SyncException extends RuntimeException
    permits TokenAheadException, TokenExpiredException, RoomNotReadableException {
  private static final long serialVersionUID = 1L;

  SyncException(String message) {
    super(message);
  }
}
