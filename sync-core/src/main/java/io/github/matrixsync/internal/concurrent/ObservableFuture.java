package io.github.matrixsync.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A timed future that calls {@link #ending} and {@link #ended} when it is completed, failed or canceled, by the engine
 * or by a caller. It overrides every method that completes a future.
 *
 * @param <V> the type of its result
 */
public abstract class ObservableFuture<V> extends TimedFuture<V> {
  /**
   * Called before the future is completed and its callbacks run. May be called more than once; returns whether this
   * call was the first.
   */
  protected abstract boolean ending();

  /** Called once after the future is completed, after the first {@link #ending}. */
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
