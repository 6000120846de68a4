package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Keeps polls from answering with presence alone too soon after they began, so that a client is not kept busy by
 * everybody's comings and goings. A poll that holds presence back is not woken by more of it; it answers when the hold
 * is over, when anything else is due, or at its deadline, whichever comes first. Thread-safe.
 */
final class PresenceHold {
  private static final String PRESENCE = "m.presence";

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long nanos;
  private final EngineThreads threads;
  private final Consumer<Poll> waker;

  /**
   * Holds for a time.
   *
   * @param hold how long after its beginning a poll is held; zero: not at all
   * @param waker has a poll look again
   */
  PresenceHold(Duration hold, EngineThreads threads, Consumer<Poll> waker) {
    this.nanos = hold.toNanos();
    this.threads = threads;
    this.waker = waker;
  }

  /** Returns the time in milliseconds, of which only differences mean anything. */
  long now() {
    return Math.floorDiv(threads.nanoTime(), NANOS_PER_MILLI);
  }

  /** Returns whether a running poll is not to answer with {@code batch} yet. If so, it will be woken in time. */
  boolean holdsBack(Poll poll, EventBatch batch) {
    if (nanos == 0 || !batch.chunk().stream().allMatch(PresenceHold::isPresence)) {
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

  private void end(Poll poll) {
    poll.holdPresence(false);
    waker.accept(poll);
  }

  private static boolean isPresence(ClientEvent entry) {
    return entry.type().equals(PRESENCE) && entry.id().isEmpty() && entry.room().isEmpty();
  }
}
