package io.github.matrixsync.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * An answer under way. To cancel it, or a future derived from it, cancels what it waits for: a host
 * need not keep the first future of a chain in order to end a poll whose client is gone.
 * Thread-safe.
 */
final class Pending<T> extends CompletableFuture<T> {
  private final Future<?> source;

  private Pending(Future<?> source) {
    this.source = source;
  }

  /**
   * Returns the future of what becomes of {@code source}; neither function may throw. Completed by
   * somebody else, it cancels {@code source}, and neither is called.
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
