package io.github.matrixsync.internal.concurrent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets identical concurrent requests share one run of their work. A run serves the requests that came before it was
 * sealed, and later ones as long as nothing has changed since; all others share the next run, which begins when this
 * one has ended. Thread-safe.
 *
 * @param <K> the key of identical requests
 * @param <V> the result of a run
 */
public final class RequestCoalescer<K, V> {
  /** A run, as the function that computes its result sees it. Confined to one thread. */
  public interface Run {
    /** Seals the run before it reads current data: later requests share the next run. */
    void seal();

    /**
     * Lets later requests share this run while {@code unmoved} returns true. It is called under a lock and must do no
     * I/O.
     */
    void shareWhile(BooleanSupplier unmoved);

    /**
     * Reserves bytes for the result, in addition to those reserved before.
     *
     * @throws RuntimeException the one given to the constructor, if all runs together would exceed the budget
     */
    void reserve(long bytes);
  }

  private final class SharedRun implements Run {
    final CompletableFuture<V> future = new CompletableFuture<>();
    final Function<Run, V> run;
    BooleanSupplier isOpen = () -> true; // guarded by current

    @Nullable SharedRun next; // guarded by current

    private long reserved; // confined to the run

    SharedRun(Function<Run, V> run) {
      this.run = run;
    }

    @Override
    public void seal() {
      shareWhile(() -> false);
    }

    @Override
    public void shareWhile(BooleanSupplier unmoved) {
      synchronized (current) {
        isOpen = unmoved;
      }
    }

    @Override
    public void reserve(long bytes) {
      if (!budget.take(bytes)) {
        throw overBudget.get();
      }
      reserved += bytes;
    }

    private V execute() {
      try {
        return run.apply(this);
      } finally {
        budget.giveBack(reserved);
      }
    }
  }

  private final Map<K, SharedRun> current = new HashMap<>();
  private final Executor executor;
  private final Budget budget;
  private final Supplier<? extends RuntimeException> overBudget;
  private final LongAdder running = new LongAdder();
  private final LongAdder runs = new LongAdder();
  private final LongAdder shared = new LongAdder();

  /**
   * Makes a coalescer that runs on an executor.
   *
   * @param budget the budget of bytes that all runs share
   * @param overBudget makes the failure of a run that would exceed the budget
   */
  public RequestCoalescer(
      Executor executor, Budget budget, Supplier<? extends RuntimeException> overBudget) {
    this.budget = budget;
    this.executor = executor;
    this.overBudget = overBudget;
  }

  /**
   * Returns the result of a run that serves a request made now.
   *
   * @param run computes the result
   */
  public CompletableFuture<V> join(K key, Function<Run, V> run) {
    SharedRun started = null;
    SharedRun joined;
    synchronized (current) {
      SharedRun active = current.get(key);
      if (active == null) {
        joined = new SharedRun(run);
        started = joined;
        current.put(key, joined);
      } else if (isOpen(active)) {
        joined = active;
      } else {
        if (active.next == null) {
          active.next = new SharedRun(run);
        }
        joined = active.next;
      }
    }
    if (started != null) {
      begin(key, started);
    } else {
      shared.increment();
    }
    return joined.future.copy();
  }

  /** Returns the number of runs that have begun and not ended. */
  public int running() {
    return running.intValue();
  }

  /** Returns the number of runs that ever began. */
  public long runs() {
    return runs.sum();
  }

  /** Returns the number of requests that shared a run or waited for the next. */
  public long shared() {
    return shared.sum();
  }

  /** Returns whether a request made now may share a run; false if the check fails. */
  private static boolean isOpen(RequestCoalescer<?, ?>.SharedRun run) {
    try {
      return run.isOpen.getAsBoolean();
    } catch (Throwable e) {
      return false; // The next run will fail in the same way and return the failure.
    }
  }

  private void begin(K key, SharedRun run) {
    runs.increment();
    running.increment();
    Lane.Awaited task = new Lane.Awaited() {
      @Override
      public void run() {
        execute(key, run);
      }

      @Override
      public void refuse(Throwable reason) {
        fail(key, run, reason);
      }
    };
    try {
      executor.execute(task);
    } catch (Throwable e) {
      task.refuse(e);
    }
  }

  private void execute(K key, SharedRun run) {
    V result;
    try {
      result = run.execute();
    } catch (Throwable e) {
      fail(key, run, e);
      return;
    }
    end(key, run);
    ThreadContext.answer(() -> run.future.complete(result));
  }

  private void fail(K key, SharedRun run, Throwable reason) {
    end(key, run);
    ThreadContext.answer(() -> run.future.completeExceptionally(reason));
  }

  private void end(K key, SharedRun run) {
    running.decrement();
    SharedRun next;
    synchronized (current) {
      next = run.next;
      if (next == null) {
        current.remove(key);
      } else {
        current.put(key, next);
      }
    }
    if (next != null) {
      ThreadContext.handOver(() -> begin(key, next));
    }
  }
}
