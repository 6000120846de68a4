package io.github.matrixsync.internal.longpoll;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a look found without reading a store to the thread that reads the rest, so that it is not looked for
 * twice. Belongs to one run of a poll. Confined to one thread at a time.
 *
 * @param <A> the answer
 */
public final class UnfinishedLook<A> {
  private @Nullable Supplier<A> rest;

  /**
   * Keeps what completes a look.
   *
   * @param completion reads stores, and returns what the look returns
   */
  public void keep(Supplier<A> completion) {
    rest = completion;
  }

  /** Completes the look that was kept, once; null if there is none. May block. */
  @Nullable A complete() {
    Supplier<A> completion = rest;
    rest = null;
    return completion == null ? null : completion.get();
  }
}
