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
    void depart();

    /**
     * Says that who asks from now on, while {@code unmoved} says so, may share this run all the same. It is asked under
     * a lock, and does no I/O.
     */
    void serveWhile(BooleanSupplier unmoved);

    /**
     * Says that the result will refer to so many bytes, besides those said before.
     *
     * @throws RuntimeException the one that was given for this, if all runs together would refer to too many
     */
    void load(long bytes);
  }

  private final class Flight implements Run {
    final CompletableFuture<V> future = new CompletableFuture<>();
    final Function<Run, V> run;
    BooleanSupplier isOpen = () -> true; // guarded by lanes

    @Nullable Flight next; // guarded by lanes

    private long loaded; // confined to the run

    Flight(Function<Run, V> run) {
      this.run = run;
    }

    @Override
    public void depart() {
      serveWhile(() -> false);
    }

    @Override
    public void serveWhile(BooleanSupplier unmoved) {
      synchronized (lanes) {
        isOpen = unmoved;
      }
    }

    @Override
    public void load(long bytes) {
      if (!freight.take(bytes)) {
        throw tooMuch.get();
      }
      loaded += bytes;
    }

    private V fly() {
      try {
        return run.apply(this);
      } finally {
        freight.giveBack(loaded);
      }
    }
  }

  private final Map<K, Flight> lanes = new HashMap<>();
  private final Executor executor;
  private final Budget freight;
  private final Supplier<? extends RuntimeException> tooMuch;
  private final LongAdder flying = new LongAdder();
  private final LongAdder runs = new LongAdder();
  private final LongAdder shared = new LongAdder();

  /**
   * Runs on an executor.
   *
   * @param freight the bytes that all runs that share it may refer to
   * @param tooMuch makes the failure of a run that would refer to more
   */
  public RequestCoalescer(
      Executor executor, Budget freight, Supplier<? extends RuntimeException> tooMuch) {
    this.freight = freight;
    this.executor = executor;
    this.tooMuch = tooMuch;
  }

  /**
   * Returns the result of a run that serves whoever asks now.
   *
   * @param run makes the result
   */
  public CompletableFuture<V> join(K key, Function<Run, V> run) {
    Flight begun = null;
    Flight joined;
    synchronized (lanes) {
      Flight flying = lanes.get(key);
      if (flying == null) {
        joined = new Flight(run);
        begun = joined;
        lanes.put(key, joined);
      } else if (isOpen(flying)) {
        joined = flying;
      } else {
        if (flying.next == null) {
          flying.next = new Flight(run);
        }
        joined = flying.next;
      }
    }
    if (begun != null) {
      begin(key, begun);
    } else {
      shared.increment();
    }
    return joined.future.copy();
  }

  /** Returns the number of runs that have begun and not ended. */
  public int inFlight() {
    return flying.intValue();
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
  private static boolean isOpen(RequestCoalescer<?, ?>.Flight flight) {
    try {
      return flight.isOpen.getAsBoolean();
    } catch (RuntimeException e) {
      return false; // The next run meets the failure too, and passes it on.
    }
  }

  private void begin(K key, Flight flight) {
    runs.increment();
    flying.increment();
    Lane.Awaited task = new Lane.Awaited() {
      @Override
      public void run() {
        fly(key, flight);
      }

      @Override
      public void refuse(Throwable reason) {
        fail(key, flight, reason);
      }
    };
    try {
      executor.execute(task);
    } catch (Throwable e) {
      task.refuse(e);
    }
  }

  private void fly(K key, Flight flight) {
    V result;
    try {
      result = flight.fly();
    } catch (Throwable e) {
      fail(key, flight, e);
      return;
    }
    land(key, flight);
    ThreadContext.answer(() -> flight.future.complete(result));
  }

  private void fail(K key, Flight flight, Throwable reason) {
    land(key, flight);
    ThreadContext.answer(() -> flight.future.completeExceptionally(reason));
  }

  private void land(K key, Flight flight) {
    flying.decrement();
    Flight next;
    synchronized (lanes) {
      next = flight.next;
      if (next == null) {
        lanes.remove(key);
      } else {
        lanes.put(key, next);
      }
    }
    if (next != null) {
      ThreadContext.handOver(() -> begin(key, next));
    }
  }
}
