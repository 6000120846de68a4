package io.github.matrixsync.call;

/**
 * A token lies beyond everything that was ever stored: it comes from another store, or from one that was rolled back.
 * The recovery is a new initialSync.
 */
public final class TokenAheadException extends SyncException {
  private static final long serialVersionUID = 1L;

  /** Says of a token, and of the stream's end, how both are printed. */
  public TokenAheadException(String token, String end) {
    super("token " + token + " is ahead of the stream's end " + end + "; take a new initialSync");
  }
}
