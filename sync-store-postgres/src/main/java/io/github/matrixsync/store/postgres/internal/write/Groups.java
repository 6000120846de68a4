package io.github.matrixsync.store.postgres.internal.write;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Puts the work of callers that wait for one stream's lock into one transaction. There is no thread for it: one of the
 * callers stores the work of all. Thread-safe.
 *
 * @param <W> one caller's work
 * @param <R> what a caller is told
 */
public final class Groups<W, R> {
  private static final int MAX_ROWS = 512;
  private static final long MAX_BYTES = 4L << 20;

  /** Time for a caller to take its answer and come again; the operating system makes it some 70 microseconds. */
  private static final long PAUSE_NANOS = 20_000;

  private final Function<List<W>, IntFunction<R>> storage;
  private final Queue<Waiting<W, R>> waiting = new ArrayDeque<>(); // guarded by this
  private boolean isLed; // guarded by this
  private int callers; // how many there were when the last group was stored; guarded by this

  /**
   * Makes groups.
   *
   * @param storage stores a group's work in one transaction, and returns what the caller of each number is told; that
   *     throws if the caller's work was refused by itself
   */
  public Groups(Function<List<W>, IntFunction<R>> storage) {
    this.storage = storage;
  }

  /**
   * Stores a caller's work, with that of others who wait at the time. Returns once its outcome is known, also if the
   * thread is interrupted meanwhile; the thread is then still interrupted.
   *
   * @param rows how many rows it writes, about
   * @param bytes how long they are, about
   * @throws IllegalArgumentException if the work does not fit what is stored
   * @throws StoreException if storing failed
   */
  public R store(W work, int rows, long bytes) {
    Waiting<W, R> own = new Waiting<>(work, rows, bytes);
    boolean isInterrupted = Thread.interrupted();
    try {
      isInterrupted |= enter(own);
      if (!own.outcome.isDone()) {
        lead();
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return own.result();
  }

  /** Waits until the work is stored or its caller leads. Returns whether the thread was interrupted. */
  private boolean enter(Waiting<W, R> own) {
    synchronized (this) {
      waiting.add(own);
      if (!isLed) {
        isLed = true;
        return false;
      }
    }
    return own.awaitTurn();
  }

  /** Stores one group, in the order in which its work came: the leader's is the first. */
  private void lead() {
    int stored = 0;
    try {
      awaitOthers();
      List<Waiting<W, R>> group = nextGroup();
      stored = group.size();
      store(group);
    } finally {
      handOver(stored);
    }
  }

  /**
   * Waits for the callers of the last group, as long as some come again. Otherwise the first of them would be stored
   * alone, and all others after it.
   */
  private void awaitOthers() {
    int before = -1;
    for (int now = missing(); now > 0 && now != before; now = missing()) {
      before = now;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized int missing() {
    return callers - waiting.size();
  }

  /** Has the caller lead who has waited longest, if one does. Only that one is woken. */
  private synchronized void handOver(int stored) {
    callers = stored + waiting.size();
    Waiting<W, R> next = waiting.peek();
    isLed = next != null;
    if (next != null) {
      next.turn.countDown();
    }
  }

  private synchronized List<Waiting<W, R>> nextGroup() {
    List<Waiting<W, R>> group = new ArrayList<>();
    int rows = 0;
    long bytes = 0;
    Waiting<W, R> next = waiting.peek();
    while (next != null
        && (group.isEmpty() || (rows + next.rows <= MAX_ROWS && bytes + next.bytes <= MAX_BYTES))) {
      group.add(waiting.remove());
      rows += next.rows;
      bytes += next.bytes;
      next = waiting.peek();
    }
    return group;
  }

  private void store(List<Waiting<W, R>> group) {
    try {
      IntFunction<R> stored = storage.apply(group.stream().map(one -> one.work).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).complete(stored, i);
      }
    } catch (StoreException e) {
      if (group.size() > 1 && e.isOutcomeKnown() && Failures.isOfValues(e)) {
        group.forEach(one -> store(List.of(one)));
      } else {
        group.forEach(one -> one.fail(e));
      }
    } catch (Throwable e) {
      group.forEach(one -> one.fail(e));
      if (e instanceof Error error) {
        throw error;
      }
    }
  }

  /** A caller's work. */
  private static final class Waiting<W, R> {
    private final W work;
    private final int rows;
    private final long bytes;
    private final CompletableFuture<R> outcome = new CompletableFuture<>();
    private final CountDownLatch turn = new CountDownLatch(1);

    private Waiting(W work, int rows, long bytes) {
      this.work = work;
      this.rows = rows;
      this.bytes = bytes;
    }

    private void complete(IntFunction<R> stored, int index) {
      try {
        outcome.complete(stored.apply(index));
      } catch (IllegalArgumentException e) {
        outcome.completeExceptionally(e);
      }
      turn.countDown();
    }

    private void fail(Throwable failure) {
      outcome.completeExceptionally(failure);
      turn.countDown();
    }

    /** Waits until it is stored or its caller leads. Returns whether the thread was interrupted. */
    private boolean awaitTurn() {
      boolean isInterrupted = false;
      while (true) {
        try {
          turn.await();
          return isInterrupted;
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    }

    private R result() {
      try {
        return outcome.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw e;
      }
    }
  }
}
