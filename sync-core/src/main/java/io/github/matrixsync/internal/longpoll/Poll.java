package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.appservice.AppService;
import io.github.matrixsync.internal.concurrent.ObservableFuture;
import io.github.matrixsync.operation.Scheduler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One poll: the caller's future, where it stands, its place in the timer wheel and among its reader's polls, all in one
 * object. At any time it is run by one thread or by none, when it is parked; a wake-up that meets a running poll has it
 * look again before it parks. That is all there is to "register, look, look again, park".
 *
 * <p>However the future ends, {@code ending} and {@code ended} are told once.
 */
public final class Poll extends ObservableFuture<EventBatch> {
  /** What polls tell. */
  public interface Owner {
    /** The poll's time is up. Called on the scheduler's thread. */
    void timeUp(Poll poll);

    /**
     * The future is about to be complete, in whatever way: those who wait for it are told next, and may begin another
     * poll at once. Called once.
     */
    void ending(Poll poll);

    /** The future is complete. Called once, after {@link #ending}. */
    void ended(Poll poll);
  }

  private static final int RUNNING = 0;
  private static final int LOOK_AGAIN = 1;
  private static final int PARKED = 2;
  private static final int ENDED = 3;

  /** The bits of one of the states above; beside them stand the flags. */
  private static final int STATE = 3;

  private static final int EXPIRED = 4;
  private static final int LOOKED = 8;
  private static final int HOLDING = 16;

  /** Above the flags stands when it began. */
  private static final int BEGAN = 5;

  private static final AtomicLongFieldUpdater<Poll> STATUS =
      AtomicLongFieldUpdater.newUpdater(Poll.class, "status");

  private final Owner owner;
  private final Subscriber reader;
  private final StreamOptions options;
  private final StreamToken start;

  /** The neighbors among the reader's polls of whatever kind. Guarded by the reader. */
  @Nullable Poll older;

  @Nullable Poll newer;

  /** How many polls the reader has, said by the newest of them alone. Guarded by the reader. */
  int rank;

  /** Where it is and what is known of it, all in one word, because a million polls have one. */
  private volatile long status;

  /** Up to where it has looked and found nothing. Written by the running thread. */
  private volatile StreamToken after;

  private volatile Scheduler.@Nullable Scheduled holdTimer;

  /**
   * Begins a poll.
   *
   * @param start where it begins, as its answer will say
   * @param beganAt when, in the milliseconds of {@code PresenceHold}
   */
  public Poll(
      Owner owner, Subscriber reader, StreamToken start, StreamOptions options, long beganAt) {
    this.owner = owner;
    this.reader = reader;
    this.options = options;
    this.start = start;
    this.after = start;
    this.status = beganAt << BEGAN | RUNNING;
  }

  public Subscriber reader() {
    return reader;
  }

  /** Returns the one room it listens to, if it does. */
  public Optional<RoomId> room() {
    return options.room();
  }

  /** Returns whether it listens to the own stream of an application service. */
  public boolean isOfService() {
    return options.service().isPresent();
  }

  /** Returns the application service whose stream it listens to, if it does. */
  public Optional<AppService> service() {
    return options.service().map(namespaces -> new AppService(reader.user(), namespaces));
  }

  /** Returns whether it is the stream of the user, not of one room or an application service. */
  boolean isOfUser() {
    return options.room().isEmpty() && !isOfService();
  }

  public int limit() {
    return options.limit();
  }

  /** Returns the form in which it wants its events. */
  public EventForm form() {
    return options.form();
  }

  /** Returns where the poll began. */
  public StreamToken start() {
    return start;
  }

  /** Returns when it began, in the milliseconds of {@code PresenceHold}. */
  public long beganAt() {
    return status >> BEGAN;
  }

  /** Returns up to where it has looked. */
  public StreamToken after() {
    return after;
  }

  /** Begins to look from {@code token}, which is how the engine reads the start. */
  public void startAt(StreamToken token) {
    this.after = token;
  }

  /**
   * Takes over what a look at what lies between two places found, and returns the answer of it.
   *
   * @throws IllegalStateException if that would be no progress
   */
  public EventBatch found(StreamToken after, StreamToken end, List<ClientEvent> chunk) {
    if (after.isAheadOf(end) || (!chunk.isEmpty() && !end.isAheadOf(after))) {
      throw new IllegalStateException("no progress from " + after + " to " + end);
    }
    this.after = chunk.isEmpty() ? end : after;
    set(LOOKED, true);
    return new EventBatch(start, end.max(start), chunk);
  }

  /** Returns the answer that nothing was found, up to where it has looked. */
  public EventBatch foundNothing() {
    return new EventBatch(start, after.max(start), List.of());
  }

  /** Returns whether it has looked at least once. */
  public boolean hasLooked() {
    return has(LOOKED);
  }

  /**
   * Returns whether presence that comes now need not wake it, since it waits for the end of its hold, with presence to
   * answer.
   */
  public boolean holdsPresence() {
    return has(HOLDING);
  }

  public void holdPresence(boolean hold) {
    set(HOLDING, hold);
  }

  /** Takes over what ends its hold. */
  public void holdTimer(Scheduler.Scheduled scheduled) {
    holdTimer = scheduled;
    if (isDone()) {
      scheduled.cancel();
    }
  }

  public void cancelHold() {
    Scheduler.Scheduled scheduled = holdTimer;
    if (scheduled != null) {
      scheduled.cancel();
    }
  }

  /** Has the poll looked at again. Returns whether it was parked, so that the caller must run it. */
  public boolean wake() {
    long before = STATUS.getAndUpdate(this, now -> switch (state(now)) {
      case PARKED -> in(RUNNING, now);
      case RUNNING -> in(LOOK_AGAIN, now);
      default -> now;
    });
    return state(before) == PARKED;
  }

  /** Parks the running poll, unless it was woken since the last call. Returns whether there is nothing more to run. */
  public boolean park() {
    long before = STATUS.getAndUpdate(this, now -> switch (state(now)) {
      case RUNNING -> in(PARKED, now);
      case LOOK_AGAIN -> in(RUNNING, now);
      default -> now;
    });
    return state(before) != LOOK_AGAIN;
  }

  /** Returns whether its time is up, so that the next look is the last. */
  public boolean isExpired() {
    return has(EXPIRED);
  }

  public void expire() {
    set(EXPIRED, true);
  }

  @Override
  protected void timeUp() {
    owner.timeUp(this);
  }

  @Override
  protected boolean ending() {
    boolean isFirst = state(STATUS.getAndUpdate(this, now -> now | ENDED)) != ENDED;
    if (isFirst) {
      owner.ending(this);
    }
    return isFirst;
  }

  @Override
  protected void ended() {
    owner.ended(this);
  }

  private static int state(long status) {
    return (int) status & STATE;
  }

  private static long in(int state, long status) {
    return (status & ~STATE) | state;
  }

  private boolean has(int flag) {
    return (status & flag) != 0;
  }

  private void set(int flag, boolean on) {
    STATUS.updateAndGet(this, now -> on ? now | flag : now & ~flag);
  }
}
