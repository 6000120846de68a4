package io.github.matrixsync.store.postgres.internal.stream;

/** Tells other nodes that there is something new. Thread-safe. */
public final class Hints {
  /** Sends a hint. */
  public void send() {}
}
