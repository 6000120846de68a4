package io.github.matrixsync.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A timed future that tells of its end: by an answer, a failure, or a caller who completes or cancels it. All ways of
 * completing a future stand here, so that none goes untold.
 *
 * @param <V> what it is completed with
 */
public abstract class ObservableFuture<V> extends TimedFuture<V> {
  /**
   * It is about to be complete: those who wait for it are told next. May be called more than once; returns whether this
   * call was the first.
   */
  protected abstract boolean ending();

  /** It is complete. Called once, after the first {@link #ending}. */
  protected abstract void ended();

  @Override
  public boolean complete(V value) {
    return end(() -> super.complete(value));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return end(() -> super.completeExceptionally(failure));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return end(() -> super.cancel(mayInterruptIfRunning));
  }

  @Override
  public void obtrudeValue(V value) {
    boolean unused = end(() -> {
      super.obtrudeValue(value);
      return true;
    });
  }

  @Override
  public void obtrudeException(Throwable failure) {
    boolean unused = end(() -> {
      super.obtrudeException(failure);
      return true;
    });
  }

  @Override
  public CompletableFuture<V> completeAsync(Supplier<? extends V> supplier, Executor executor) {
    executor.execute(() -> completeWith(supplier));
    return this;
  }

  @Override
  public CompletableFuture<V> completeAsync(Supplier<? extends V> supplier) {
    return completeAsync(supplier, defaultExecutor());
  }

  private void completeWith(Supplier<? extends V> supplier) {
    if (isDone()) {
      return;
    }
    try {
      complete(supplier.get());
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }

  private boolean end(BooleanSupplier completion) {
    ThreadContext context = ThreadContext.beginAnswer();
    boolean isFirst = false;
    try {
      isFirst = ending();
      return completion.getAsBoolean();
    } finally {
      try {
        if (isFirst) {
          ended();
        }
      } finally {
        context.endAnswer();
      }
    }
  }
}
