package io.github.matrixsync.call;

/**
 * A token lies before what is still kept, so that events after it would be missing. The recovery is a new initialSync.
 */
public final class TokenExpiredException extends SyncException {
  private static final long serialVersionUID = 1L;

  /** Says after which position events were asked for, and after which all are kept. */
  public TokenExpiredException(long room, long retainedAfter) {
    super("events after "
        + room
        + " are no longer all kept, only those after "
        + retainedAfter
        + "; take a new initialSync");
  }
}
