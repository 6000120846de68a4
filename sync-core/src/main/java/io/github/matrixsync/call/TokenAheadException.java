package io.github.matrixsync.call;

/**
 * Thrown for a token that lies beyond everything that was ever stored: it comes from another store, or from one that
 * was rolled back. The recovery is a new initialSync.
 *
 * @since 0.1.0
 */
public non-sealed class TokenAheadException extends SyncException {
  private static final long serialVersionUID = 1L;

  /** For the engine, and for fakes of one. */
  protected TokenAheadException(String message) {
    super(message);
  }
}
