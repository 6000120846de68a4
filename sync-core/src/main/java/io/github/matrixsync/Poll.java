package io.github.matrixsync;

import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One poll: the caller's future, and where it stands. At any time it is run by one thread or by none, when it is parked; a wake-up that meets a running poll has it look again before it parks. That is all there
 * is to "register, look, look again, park".
 */
final class Poll extends CompletableFuture<EventBatch> {
  private enum State {
    RUNNING,
    LOOK_AGAIN,
    PARKED
  }

  private final Reader reader;
  private final StreamOptions options;
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private volatile boolean expired;
  private volatile Scheduler.@Nullable Scheduled timer;
  private volatile Scheduler.@Nullable Scheduled holdTimer;

  private final StreamToken start;
  private final long beganAt;

  /** Up to where it has looked and found nothing. Written by the running thread. */
  private volatile StreamToken examined;

  private volatile boolean looked;

  /** Whether it waits for the end of its presence hold, with presence to answer. */
  private volatile boolean holding;

  /**
   * Begins a poll.
   *
   * @param start where it begins, as its answer will say
   * @param beganAt when, in the scheduler's nanoseconds
   */
  Poll(Reader reader, StreamToken start, StreamOptions options, long beganAt) {
    this.reader = reader;
    this.options = options;
    this.start = start;
    this.examined = start;
    this.beganAt = beganAt;
  }

  Reader reader() {
    return reader;
  }

  /** Returns the one room it listens to, if it does. */
  Optional<RoomId> room() {
    return options.room();
  }

  int limit() {
    return options.limit();
  }

  /** Returns the form in which events are shown. */
  EventForm form() {
    return options.form();
  }

  /** Returns where the poll began. */
  StreamToken start() {
    return start;
  }

  /** Returns when it began, in the scheduler's nanoseconds. */
  long beganAt() {
    return beganAt;
  }

  /** Returns up to where it has looked. */
  StreamToken examined() {
    return examined;
  }

  /** Begins to look from {@code token}, which is how the engine reads the start. */
  void hears(StreamToken token) {
    examined = token;
  }

  /** Takes over up to where it has looked. */
  void examinedUpTo(StreamToken token) {
    examined = token;
    looked = true;
  }

  /** Returns whether it has looked at least once. */
  boolean hasLooked() {
    return looked;
  }

  /** Returns whether presence that comes now need not wake it, since it holds some back. */
  boolean holdsPresence() {
    return holding;
  }

  void holdPresence(boolean hold) {
    holding = hold;
  }

  /** Has the poll looked at again. Returns whether it was parked, so that the caller must run it. */
  boolean wake() {
    return state.getAndUpdate(now -> now == State.PARKED ? State.RUNNING : State.LOOK_AGAIN)
        == State.PARKED;
  }

  /** Parks the running poll, unless it was woken since the last call. Returns whether it is parked. */
  boolean park() {
    return state.getAndUpdate(now -> now == State.RUNNING ? State.PARKED : State.RUNNING)
        == State.RUNNING;
  }

  /** Returns whether its time is up, so that the next look is the last. */
  boolean isExpired() {
    return expired;
  }

  void expire() {
    expired = true;
  }

  /** Takes over what ends it at its deadline. */
  void timer(Scheduler.Scheduled scheduled) {
    timer = scheduled;
    cancelIfDone(scheduled);
  }

  /** Takes over what ends its hold. */
  void holdTimer(Scheduler.Scheduled scheduled) {
    holdTimer = scheduled;
    cancelIfDone(scheduled);
  }

  void cancelTimers() {
    cancel(timer);
    cancel(holdTimer);
  }

  private void cancelIfDone(Scheduler.Scheduled scheduled) {
    if (isDone()) {
      scheduled.cancel();
    }
  }

  private static void cancel(Scheduler.@Nullable Scheduled scheduled) {
    if (scheduled != null) {
      scheduled.cancel();
    }
  }
}
