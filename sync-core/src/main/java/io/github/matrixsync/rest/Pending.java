package io.github.matrixsync.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A future whose cancellation, or that of a future derived from it, also cancels the future it was made from: so a host
 * can end the poll of a client that is gone through any future of the chain. Thread-safe.
 */
final class Pending<T> extends CompletableFuture<T> {
  private final Future<?> source;

  private Pending(Future<?> source) {
    this.source = source;
  }

  /**
   * Returns a future with the converted result or failure of {@code source}; neither function may throw. If it is
   * completed from outside, it cancels {@code source}, and neither is called.
   */
  static <S, T> CompletableFuture<T> of(
      CompletableFuture<S> source, Function<S, T> answer, Function<Throwable, T> refusal) {
    Pending<T> pending = new Pending<>(source);
    CompletableFuture<?> unused = source.whenComplete((value, failure) -> {
      if (!pending.isDone()) {
        pending.complete(failure == null ? answer.apply(value) : refusal.apply(failure));
      }
    });
    return pending;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Pending<>(this);
  }

  @Override
  public boolean complete(T answer) {
    return ended(super.complete(answer));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return ended(super.completeExceptionally(failure));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return ended(super.cancel(mayInterruptIfRunning));
  }

  /** Whoever ends it before its source has ended needs the source no more. */
  private boolean ended(boolean isFirst) {
    if (isFirst && !source.isDone()) {
      source.cancel(true);
    }
    return isFirst;
  }
}
