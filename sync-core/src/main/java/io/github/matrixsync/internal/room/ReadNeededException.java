package io.github.matrixsync.internal.room;

/** Ends a look that may not block, when it needs a read of a store. Carries nothing, and is never seen outside. */
public final class ReadNeededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack trace
  public static final ReadNeededException INSTANCE = new ReadNeededException();

  private ReadNeededException() {
    super("a store must be read", null, false, false);
  }
}
