package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Puts the batches of callers that wait for the log's lock into one transaction. There is no thread for it: one of the
 * callers stores the batches of all. Thread-safe.
 */
public final class AppendGroups {
  private static final int MAX_EVENTS = 512;
  private static final long MAX_BYTES = 4L << 20;

  private final Function<List<List<Append>>, Appender.Appended> appender;
  private final Queue<Waiting> waiting = new ArrayDeque<>(); // guarded by this
  private boolean isLed; // guarded by this

  AppendGroups(Function<List<List<Append>>, Appender.Appended> appender) {
    this.appender = appender;
  }

  /** Makes the groups of an appender. */
  public AppendGroups(Appender appender) {
    this(appender::append);
  }

  /**
   * A batch that was stored, and the heads that this node's watermarks must cover.
   *
   * @param positions of the events, in the batch's order
   */
  public record Stored(List<Long> positions, long head, long backfill) {}

  /**
   * Stores a batch, with others that wait at the time. Returns once its outcome is known, also if the thread is
   * interrupted meanwhile; the thread is then still interrupted.
   *
   * @throws IllegalArgumentException if the batch does not fit what is stored
   * @throws StoreException if storing failed
   */
  public Stored append(List<Append> batch) {
    Waiting own = new Waiting(batch);
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

  private boolean enter(Waiting own) {
    synchronized (this) {
      waiting.add(own);
    }
    return awaitTurn(own);
  }

  /** Waits until a batch is stored or nobody leads. Returns whether the thread was interrupted. */
  private synchronized boolean awaitTurn(Waiting own) {
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

  /** Stores one group, in the order in which its batches came, and lets another caller lead. */
  private void lead() {
    List<Waiting> group;
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

  private List<Waiting> nextGroup() {
    List<Waiting> group = new ArrayList<>();
    int events = 0;
    long bytes = 0;
    Waiting next = waiting.peek();
    while (next != null
        && (group.isEmpty()
            || events + next.batch.size() <= MAX_EVENTS && bytes + next.bytes <= MAX_BYTES)) {
      group.add(waiting.remove());
      events += next.batch.size();
      bytes += next.bytes;
      next = waiting.peek();
    }
    return group;
  }

  private void store(List<Waiting> group) {
    try {
      Appender.Appended appended =
          appender.apply(group.stream().map(one -> one.batch).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).complete(appended, i);
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

  /** A caller's batch. */
  private static final class Waiting {
    private final List<Append> batch;
    private final long bytes;
    private final CompletableFuture<Stored> outcome = new CompletableFuture<>();

    private Waiting(List<Append> batch) {
      this.batch = batch;
      this.bytes =
          batch.stream().mapToLong(append -> append.event().json().length()).sum();
    }

    private void complete(Appender.Appended appended, int index) {
      try {
        outcome.complete(
            new Stored(appended.positions(index), appended.head(), appended.backfill()));
      } catch (IllegalArgumentException e) {
        outcome.completeExceptionally(e);
      }
    }

    private Stored result() {
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
