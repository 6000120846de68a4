package io.github.matrixsync.store.tck.reference;

/** What a thread is to run before its next commit. Thread-safe. */
public final class Pause {
  private static final Runnable NONE = () -> {};
  private static final ThreadLocal<Runnable> NEXT = ThreadLocal.withInitial(() -> NONE);

  private Pause() {}

  /** Runs a write of this thread that runs something before its commit. */
  public static void during(Runnable beforeCommit, Runnable write) {
    NEXT.set(beforeCommit);
    try {
      write.run();
    } finally {
      NEXT.remove();
    }
  }

  /** Returns what is to be run before this thread's next commit, which does nothing if there is nothing. */
  public static Runnable next() {
    Runnable next = NEXT.get();
    NEXT.remove();
    return next;
  }
}
