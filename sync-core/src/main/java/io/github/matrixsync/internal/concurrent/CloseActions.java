package io.github.matrixsync.internal.concurrent;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Actions that close parts of something, run in reverse order, each even if another one fails. Thread-safe. */
public final class CloseActions {
  private final Deque<Runnable> all = new ArrayDeque<>(); // guarded by this

  /** Adds an action that closes what was just started. */
  public synchronized void add(Runnable end) {
    all.push(end);
  }

  /** Runs all actions that have not run yet, then throws the first failure. */
  public void close() {
    Attempts attempts = new Attempts();
    for (Runnable end = next(); end != null; end = next()) {
      attempts.make(end);
    }
    attempts.throwFirst();
  }

  /** Runs all actions because of a failure, and adds their failures to it as suppressed ones. */
  public void closeAfter(Throwable failure) {
    try {
      close();
    } catch (Throwable e) {
      failure.addSuppressed(e);
    }
  }

  private synchronized @Nullable Runnable next() {
    return all.poll();
  }
}
