package io.github.matrixsync.internal.longpoll;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes a look that must still read a store to a thread that may block, so that the rest of the look is not repeated.
 * Belongs to one run of a poll. Confined to one thread at a time.
 *
 * @param <A> the answer
 */
public final class UnfinishedLook<A> {
  private @Nullable Supplier<A> rest;

  /**
   * Stores the task that completes a look.
   *
   * @param completion reads stores and returns the answer of the look
   */
  public void keep(Supplier<A> completion) {
    rest = completion;
  }

  /** Runs and removes the stored task, and returns its answer; null if there is none. May block. */
  @Nullable A complete() {
    Supplier<A> completion = rest;
    rest = null;
    return completion == null ? null : completion.get();
  }
}
