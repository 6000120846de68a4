package io.github.matrixsync.call;

/**
 * Thrown when the engine does not answer a request although nothing failed: the request was invalid, or a limit was
 * exceeded. Each kind says what the caller can do.
 *
 * <p>The engine alone throws it. The constructors of its kinds are protected, for a test that puts a fake in the place
 * of an engine.
 *
 * @since 0.1.0
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
