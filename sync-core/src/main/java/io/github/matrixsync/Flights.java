package io.github.matrixsync;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets identical concurrent requests share a run. A run serves those who came before it took its position; all who come later share the one next run, which begins when the first has ended. Thread-safe.
 *
 * @param <K> what makes requests identical
 * @param <V> what a run gives
 */
final class Flights<K, V> {
  private final class Flight {
    final CompletableFuture<V> future = new CompletableFuture<>();
    final Function<Runnable, V> run;
    boolean departed; // guarded by lanes

    @Nullable Flight next; // guarded by lanes

    Flight(Function<Runnable, V> run) {
      this.run = run;
    }
  }

  private final Map<K, Flight> lanes = new HashMap<>();
  private final Executor executor;
  private final LongAdder flying = new LongAdder();
  private final LongAdder runs = new LongAdder();
  private final LongAdder shared = new LongAdder();

  Flights(Executor executor) {
    this.executor = executor;
  }

  /**
   * Returns the result of a run that has not yet taken its position.
   *
   * @param run makes the result; it runs what it is given right before it takes its position
   */
  CompletableFuture<V> join(K key, Function<Runnable, V> run) {
    Flight begun = null;
    Flight joined;
    synchronized (lanes) {
      Flight flying = lanes.get(key);
      if (flying == null) {
        joined = new Flight(run);
        begun = joined;
        lanes.put(key, joined);
      } else if (!flying.departed) {
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
  int inFlight() {
    return flying.intValue();
  }

  /** Returns the number of runs that ever began. */
  long runs() {
    return runs.sum();
  }

  /** Returns the number of requests for which no run was begun at once. */
  long shared() {
    return shared.sum();
  }

  private void begin(K key, Flight flight) {
    runs.increment();
    flying.increment();
    try {
      executor.execute(() -> fly(key, flight));
    } catch (RuntimeException e) {
      land(key, flight);
      flight.future.completeExceptionally(e);
    }
  }

  private void fly(K key, Flight flight) {
    try {
      V result = flight.run.apply(() -> depart(flight));
      land(key, flight);
      flight.future.complete(result);
    } catch (Throwable e) {
      land(key, flight);
      flight.future.completeExceptionally(e);
    }
  }

  private void depart(Flight flight) {
    synchronized (lanes) {
      flight.departed = true;
    }
  }

  private void land(K key, Flight flight) {
    flying.decrement();
    Flight next;
    synchronized (lanes) {
      next = flight.next;
      flight.departed = true;
      if (next == null) {
        lanes.remove(key);
      } else {
        lanes.put(key, next);
      }
    }
    if (next != null) {
      begin(key, next);
    }
  }
}
