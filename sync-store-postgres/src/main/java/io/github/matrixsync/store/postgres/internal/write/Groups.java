package io.github.matrixsync.store.postgres.internal.write;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

  private final Function<List<W>, IntFunction<R>> storage;
  private final Queue<Waiting<W, R>> waiting = new ArrayDeque<>(); // guarded by this
  private boolean isLed; // guarded by this

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
      while (!own.outcome.isDone()) {
        lead();
        isInterrupted |= awaitTurn(own);
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return own.result();
  }

  private boolean enter(Waiting<W, R> own) {
    synchronized (this) {
      waiting.add(own);
    }
    return awaitTurn(own);
  }

  /** Waits until work is stored or nobody leads. Returns whether the thread was interrupted. */
  private synchronized boolean awaitTurn(Waiting<W, R> own) {
    boolean isInterrupted = false;
    while (isLed && !own.outcome.isDone()) {
      try {
        wait();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    isLed = isLed || !own.outcome.isDone();
    return isInterrupted;
  }

  /** Stores one group, in the order in which its work came, and lets another caller lead. */
  private void lead() {
    List<Waiting<W, R>> group;
    synchronized (this) {
      group = nextGroup();
    }
    try {
      store(group);
    } finally {
      synchronized (this) {
        isLed = false;
        notifyAll();
      }
    }
  }

  private List<Waiting<W, R>> nextGroup() {
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
        group.forEach(one -> one.outcome.completeExceptionally(e));
      }
    } catch (Throwable e) {
      group.forEach(one -> one.outcome.completeExceptionally(e));
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
