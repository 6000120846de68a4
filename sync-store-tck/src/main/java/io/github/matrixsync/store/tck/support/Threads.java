package io.github.matrixsync.store.tck.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of a test, which are waited for with a bound. Stateless. */
public final class Threads {
  /** How much longer than for one call a test waits for threads that make many. */
  private static final long MANY_CALLS = 5;

  /** What each of these threads is called. */
  public static final String NAME = "store-tck";

  private Threads() {}

  /** Runs a call on a new thread; what it throws is the future's. */
  public static <T> FutureTask<T> start(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, NAME);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /**
   * Runs a call on a new thread while another thread holds a commit, and waits for it a little: a store may hold it up
   * until that commit is done.
   */
  public static <T> FutureTask<T> startWhileHeld(Callable<T> call) {
    CountDownLatch done = new CountDownLatch(1);
    FutureTask<T> task = start(() -> {
      try {
        return call.call();
      } finally {
        done.countDown();
      }
    });
    try {
      boolean unused = done.await(Patience.whileHeldNanos(), TimeUnit.NANOSECONDS);
      return task;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Returns the result of a call, or fails the test if it takes too long. */
  public static <T> T join(FutureTask<T> task) {
    return join(task, Patience.nanos());
  }

  private static <T> T join(FutureTask<T> task, long nanos) {
    try {
      return task.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AssertionError failure
          ? failure
          : new AssertionError("a thread failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a thread was held up", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Runs a call on a new thread and returns its result. */
  public static <T> T elsewhere(Callable<T> call) {
    return join(start(call));
  }

  /** Runs all calls at once and returns their results in order. */
  public static <T> List<T> all(List<Callable<T>> calls) {
    List<FutureTask<T>> tasks = new ArrayList<>();
    calls.forEach(call -> tasks.add(start(call)));
    List<T> results = new ArrayList<>();
    tasks.forEach(task -> results.add(join(task, MANY_CALLS * Patience.nanos())));
    return results;
  }

  /** Waits for a latch, or fails the test if that takes too long. */
  public static void await(CountDownLatch latch, String what) {
    try {
      if (!latch.await(Patience.nanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("waited in vain for " + what);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
