package io.github.matrixsync.store.tck.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs threads of a test and waits for them, but not for ever. Stateless. */
public final class Threads {
  /** How many times longer a test waits for threads that make many calls. */
  private static final long MANY_CALLS = 5;

  /** The name of each of these threads. */
  public static final String NAME = "store-tck";

  private Threads() {}

  /** Runs a call on a new thread; the future has its result or exception. */
  public static <T> FutureTask<T> start(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, NAME);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /**
   * Runs a call on a new thread while another transaction is open, and waits for it briefly: a store may block it until
   * that transaction ends.
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
      boolean unused = done.await(Timeouts.whileHeldNanos(), TimeUnit.NANOSECONDS);
      return task;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Returns the result of a call, or fails the test if it takes too long. */
  public static <T> T join(FutureTask<T> task) {
    return join(task, Timeouts.nanos());
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

  /** Runs all calls concurrently and returns their results in order. */
  public static <T> List<T> all(List<Callable<T>> calls) {
    List<FutureTask<T>> tasks = new ArrayList<>();
    calls.forEach(call -> tasks.add(start(call)));
    List<T> results = new ArrayList<>();
    tasks.forEach(task -> results.add(join(task, MANY_CALLS * Timeouts.nanos())));
    return results;
  }

  /** Waits for a latch, or fails the test after a timeout. */
  public static void await(CountDownLatch latch, String what) {
    try {
      if (!latch.await(Timeouts.nanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("timed out waiting for " + what);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
