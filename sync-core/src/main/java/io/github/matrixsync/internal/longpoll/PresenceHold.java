package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Delays answers that have only presence, so that presence changes do not make clients poll too often. A poll with a
 * delayed answer is not woken by more presence; it answers when the hold ends, when another event comes, or at its
 * timeout, whichever comes first. Thread-safe.
 */
final class PresenceHold {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long nanos;
  private final EngineThreads threads;
  private final Consumer<Poll<?, ?>> waker;

  /**
   * Creates holds of one duration.
   *
   * @param hold how long after a poll's beginning presence is delayed; zero: not at all
   * @param waker makes a poll look again
   */
  PresenceHold(Duration hold, EngineThreads threads, Consumer<Poll<?, ?>> waker) {
    this.nanos = hold.toNanos();
    this.threads = threads;
    this.waker = waker;
  }

  /** Returns a monotonic time in milliseconds; only differences are meaningful. */
  long now() {
    return Math.floorDiv(threads.nanoTime(), NANOS_PER_MILLI);
  }

  /**
   * Returns whether a running poll must not answer with {@code answer} yet. If so, the poll is woken when the hold
   * ends.
   */
  <A> boolean holdsBack(Poll<?, A> poll, A answer) {
    if (nanos == 0 || !poll.looks().isPresenceOnly(answer)) {
      return false;
    }
    long left = nanos - NANOS_PER_MILLI * (now() - poll.beganAt());
    if (left <= 0) {
      poll.holdPresence(false);
      return false;
    }
    if (!poll.holdsPresence()) {
      poll.holdPresence(true);
      poll.holdTimer(threads.schedule(() -> end(poll), Duration.ofNanos(left)));
    }
    return true;
  }

  private void end(Poll<?, ?> poll) {
    poll.holdPresence(false);
    waker.accept(poll);
  }
}
