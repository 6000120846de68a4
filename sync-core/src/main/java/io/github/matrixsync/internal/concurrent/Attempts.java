package io.github.matrixsync.internal.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * Runs several steps, each even if another one fails, and throws the first failure with the others as suppressed ones.
 * Confined to one thread.
 */
public final class Attempts {
  private @Nullable Throwable first;

  /** Runs a step. */
  public void make(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      add(e);
    }
  }

  /** Throws the failure of the first step that failed, if any did. */
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
