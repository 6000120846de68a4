package io.github.matrixsync.call;

/**
 * Thrown for a token from before the events that are still stored, so that an answer would lack some. The recovery is a
 * new initialSync.
 *
 * @since 0.1.0
 */
public non-sealed class TokenExpiredException extends SyncException {
  private static final long serialVersionUID = 1L;

  /** For the engine, and for fakes of one. */
  protected TokenExpiredException(String message) {
    super(message);
  }
}
