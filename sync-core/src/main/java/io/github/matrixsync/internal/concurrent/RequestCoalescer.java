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
 * Lets identical concurrent requests share a run. A run serves those who came before it took its position, and those
 * who come later as long as nothing has moved since; all others share the one next run, which begins when the first has
 * ended. Thread-safe.
 *
 * @param <K> what makes requests identical
 * @param <V> what a run gives
 */
public final class RequestCoalescer<K, V> {
  /** A run, as it looks to what makes its result. Confined to one thread. */
  public interface Run {
    /** Says that something is read next as it is now: who asks from now on shares the next run. */
    void seal();

    /**
     * Says that who asks from now on, while {@code unmoved} says so, may share this run all the same. It is asked under
     * a lock, and does no I/O.
     */
    void shareWhile(BooleanSupplier unmoved);

    /**
     * Says that the result will refer to so many bytes, besides those said before.
     *
     * @throws RuntimeException the one that was given for this, if all runs together would refer to too many
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
   * Runs on an executor.
   *
   * @param budget the bytes that all runs that share it may refer to
   * @param overBudget makes the failure of a run that would refer to more
   */
  public RequestCoalescer(
      Executor executor, Budget budget, Supplier<? extends RuntimeException> overBudget) {
    this.budget = budget;
    this.executor = executor;
    this.overBudget = overBudget;
  }

  /**
   * Returns the result of a run that serves whoever asks now.
   *
   * @param run makes the result
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

  /** Returns the number of requests for which no run was begun at once. */
  public long shared() {
    return shared.sum();
  }

  /** Returns whether who asks now may share a run; not if that cannot be said, such as by a store that fails. */
  private static boolean isOpen(RequestCoalescer<?, ?>.SharedRun run) {
    try {
      return run.isOpen.getAsBoolean();
    } catch (RuntimeException e) {
      return false; // The next run meets the failure too, and passes it on.
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
