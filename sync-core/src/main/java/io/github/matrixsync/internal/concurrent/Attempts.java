package io.github.matrixsync.internal.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * Several steps of which each is made even if another one fails. The first failure counts, and has the others with it.
 * Confined to one thread.
 */
public final class Attempts {
  private @Nullable Throwable first;

  /** Makes a step. */
  public void make(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      add(e);
    }
  }

  /** Throws what the first step that failed threw, if any did. */
  public void throwFirst() {
    if (first instanceof RuntimeException failure) {
      throw failure;
    }
    if (first instanceof Error failure) {
      throw failure;
    }
    if (first != null) {
      throw new IllegalStateException("unexpected failure", first);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a throwable cannot be suppressed by itself
  private void add(Throwable failure) {
    if (first == null) {
      first = failure;
    } else if (first != failure) {
      first.addSuppressed(failure);
    }
  }
}
