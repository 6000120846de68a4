package io.github.matrixsync;

import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One poll: the caller's future, where it stands, its place in the timer wheel and among its reader's polls, all in one object. At any time it is run by one thread or by none, when it is parked; a wake-up that meets
 * a running poll has it look again before it parks. That is all there is to "register, look, look again, park".
 *
 * <p>However the future ends, by an answer, a failure, or a caller who completes or cancels it, {@code ended} is told once. That is why all ways of completing it stand here.
 */
final class Poll extends Timed<EventBatch> {
  private enum State {
    RUNNING,
    LOOK_AGAIN,
    PARKED,
    ENDED
  }

  /** What polls tell. */
  interface Owner {
    /** The poll's time is up. Called on the scheduler's thread. */
    void timeUp(Poll poll);

    /** The future is complete, in whatever way. Called once. */
    void ended(Poll poll);
  }

  private static final AtomicReferenceFieldUpdater<Poll, State> STATE =
      AtomicReferenceFieldUpdater.newUpdater(Poll.class, State.class, "state");

  private final Owner owner;
  private final Reader reader;
  private final StreamOptions options;
  private final StreamToken start;

  /** The neighbors among the reader's polls. Guarded by the reader. */
  @Nullable Poll older;

  @Nullable Poll newer;

  private volatile State state = State.RUNNING;

  /** Up to where it has looked and found nothing. Written by the running thread. */
  private volatile StreamToken examined;

  private final long beganAt;
  private volatile Scheduler.@Nullable Scheduled holdTimer;
  private volatile boolean expired;
  private volatile boolean looked;

  /** Whether it waits for the end of its presence hold, with presence to answer. */
  private volatile boolean holding;

  /**
   * Begins a poll.
   *
   * @param start where it begins, as its answer will say
   * @param beganAt when, in the scheduler's nanoseconds
   */
  Poll(Owner owner, Reader reader, StreamToken start, StreamOptions options, long beganAt) {
    this.owner = owner;
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

  /** Returns the form in which it wants its events. */
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

  /** Takes over what ends its hold. */
  void holdTimer(Scheduler.Scheduled scheduled) {
    holdTimer = scheduled;
    if (isDone()) {
      scheduled.cancel();
    }
  }

  void cancelHold() {
    Scheduler.Scheduled scheduled = holdTimer;
    if (scheduled != null) {
      scheduled.cancel();
    }
  }

  /** Has the poll looked at again. Returns whether it was parked, so that the caller must run it. */
  boolean wake() {
    State before = STATE.getAndUpdate(this, now -> switch (now) {
      case PARKED -> State.RUNNING;
      case RUNNING, LOOK_AGAIN -> State.LOOK_AGAIN;
      case ENDED -> State.ENDED;
    });
    return before == State.PARKED;
  }

  /** Parks the running poll, unless it was woken since the last call. Returns whether there is nothing more to run. */
  boolean park() {
    State before = STATE.getAndUpdate(this, now -> switch (now) {
      case RUNNING, PARKED -> State.PARKED;
      case LOOK_AGAIN -> State.RUNNING;
      case ENDED -> State.ENDED;
    });
    return before != State.LOOK_AGAIN;
  }

  /** Returns whether its time is up, so that the next look is the last. */
  boolean isExpired() {
    return expired;
  }

  void expire() {
    expired = true;
  }

  @Override
  void timeUp() {
    owner.timeUp(this);
  }

  private boolean ended(boolean completed) {
    if (isDone() && STATE.getAndSet(this, State.ENDED) != State.ENDED) {
      owner.ended(this);
    }
    return completed;
  }

  @Override
  public boolean complete(EventBatch batch) {
    return ended(super.complete(batch));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return ended(super.completeExceptionally(failure));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return ended(super.cancel(mayInterruptIfRunning));
  }

  @Override
  public void obtrudeValue(EventBatch batch) {
    super.obtrudeValue(batch);
    ended(true);
  }

  @Override
  public void obtrudeException(Throwable failure) {
    super.obtrudeException(failure);
    ended(true);
  }

  @Override
  public CompletableFuture<EventBatch> completeAsync(
      Supplier<? extends EventBatch> supplier, Executor executor) {
    executor.execute(() -> completeWith(supplier));
    return this;
  }

  @Override
  public CompletableFuture<EventBatch> completeAsync(Supplier<? extends EventBatch> supplier) {
    return completeAsync(supplier, defaultExecutor());
  }

  private void completeWith(Supplier<? extends EventBatch> supplier) {
    if (isDone()) {
      return;
    }
    try {
      complete(supplier.get());
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }
}
