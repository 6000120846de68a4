package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Answers all polls before a shutdown, spread over a duration so that the clients' next requests are spread too. A poll
 * that begins meanwhile waits until a random moment of what is left; one that begins afterwards does not wait. Runs in
 * short steps of the scheduler and holds no thread. Thread-safe.
 */
final class Drain {
  private static final Duration STEP = Duration.ofMillis(10);

  private final EngineThreads threads;
  private final PollRegistry polls;
  private final Consumer<Poll<?, ?>> answer;
  private final long began;
  private final long nanos;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Queue<Poll<?, ?>> waiting = new ArrayDeque<>(); // confined to the steps
  private int count; // confined to the steps
  private volatile boolean over;

  /**
   * Creates a drain that has not begun.
   *
   * @param window the duration
   * @param answer makes a poll look for the last time; does not block
   */
  Drain(Duration window, EngineThreads threads, PollRegistry polls, Consumer<Poll<?, ?>> answer) {
    this.threads = threads;
    this.polls = polls;
    this.answer = answer;
    this.began = threads.nanoTime();
    Duration longest = EngineThreads.LONGEST;
    this.nanos = (window.compareTo(longest) < 0 ? window : longest).toNanos();
  }

  /**
   * Returns a future that completes, always normally, when all polls that parked before the end of the duration are
   * answered.
   */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Begins the drain. Polls that begin from now on must use {@link #shortened}. */
  void start() {
    polls.forEach(waiting::add);
    count = waiting.size();
    step();
  }

  /** Returns how long a poll with this timeout waits. */
  Duration shortened(Duration timeout) {
    long left = nanos - (threads.nanoTime() - began);
    if (over || left <= 0) {
      return Duration.ZERO;
    }
    Duration most = Duration.ofNanos(ThreadLocalRandom.current().nextLong(left));
    return timeout.compareTo(most) < 0 ? timeout : most;
  }

  /** Ends the drain at once. The caller answers the remaining polls. */
  void end() {
    over = true;
    done.complete(null);
  }

  private void step() {
    long elapsed = threads.nanoTime() - began;
    if (over) {
      return;
    }
    if (elapsed >= nanos) {
      answerRest();
      return;
    }
    long due = 1 + (long) ((double) count * elapsed / nanos);
    while (!waiting.isEmpty() && count - waiting.size() < due) {
      answer.accept(waiting.remove());
    }
    if (polls.count() == 0) {
      end();
    } else {
      threads.schedule(this::step, STEP);
    }
  }

  private void answerRest() {
    over = true;
    List<Poll<?, ?>> rest = new ArrayList<>();
    polls.forEach(rest::add);
    rest.forEach(answer);
    CompletableFuture<?> unused = CompletableFuture.allOf(rest.toArray(CompletableFuture<?>[]::new))
        .whenComplete((none, failure) -> end());
  }
}
