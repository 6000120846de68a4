package io.github.matrixsync.internal.concurrent;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What is to be closed together, the last that came first: each is, even if another one fails. Thread-safe. */
public final class CloseActions {
  private final Deque<Runnable> all = new ArrayDeque<>(); // guarded by this

  /** Adds what ends something that has just begun. */
  public synchronized void add(Runnable end) {
    all.push(end);
  }

  /** Closes all that was not closed yet, and then throws what the first that failed threw. */
  public void close() {
    Attempts attempts = new Attempts();
    for (Runnable end = next(); end != null; end = next()) {
      attempts.make(end);
    }
    attempts.throwFirst();
  }

  /** As {@link #close}, because of a failure, with which whatever fails now goes. */
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
