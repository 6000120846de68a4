package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.appservice.AppService;
import io.github.matrixsync.internal.concurrent.ObservableFuture;
import io.github.matrixsync.operation.Scheduler;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One poll: the caller's future, its token, its place in the timer wheel and among its reader's polls, all in one
 * object. A running poll is run by exactly one thread, a parked one by none. A wake-up of a running poll makes it look
 * again before it parks.
 *
 * <p>However the future ends, {@code ending} and {@code ended} are called once.
 *
 * @param <R> the request, apart from user, token and timeout
 * @param <A> the answer
 */
public final class Poll<R, A> extends ObservableFuture<A> {
  /** The callbacks of a poll. */
  public interface Owner {
    /** Called on the scheduler's thread when the poll's timeout has passed. */
    void timeUp(Poll<?, ?> poll);

    /**
     * Called once, right before the future completes in any way. Its callbacks run next and may begin another poll at
     * once.
     */
    void ending(Poll<?, ?> poll);

    /** Called once when the future is complete, after {@link #ending}. */
    void ended(Poll<?, ?> poll);
  }

  /**
   * What all polls of one kind have in common. Polls refer to it by one field, to save memory.
   *
   * @param owner runs the polls
   * @param looks makes their looks
   */
  public record Kind<R, A>(Owner owner, Looks<R, A> looks) {}

  private static final int RUNNING = 0;
  private static final int LOOK_AGAIN = 1;
  private static final int PARKED = 2;
  private static final int ENDED = 3;

  /** The bits of the states above; the flags use the next bits. */
  private static final int STATE = 3;

  private static final int EXPIRED = 4;
  private static final int LOOKED = 8;
  private static final int HOLDING = 16;

  /** The number of bits below the time when the poll began. */
  private static final int BEGAN = 5;

  @SuppressWarnings("rawtypes") // a class literal has no type arguments
  private static final AtomicLongFieldUpdater<Poll> STATUS =
      AtomicLongFieldUpdater.newUpdater(Poll.class, "status");

  private final Kind<R, A> kind;
  private final Subscriber reader;
  private final R request;
  private final StreamToken start;

  /** The neighbors in the reader's list of polls. Guarded by the reader. */
  @Nullable Poll<?, ?> older;

  @Nullable Poll<?, ?> newer;

  /** The number of the reader's polls, valid in the newest of them only. Guarded by the reader. */
  int rank;

  /** State, flags and time of beginning in one word, to save memory. */
  private volatile long status;

  /** The token after which it looks next. Written by the running thread. */
  private volatile StreamToken after;

  private volatile Scheduler.@Nullable Scheduled holdTimer;

  /**
   * Creates a running poll.
   *
   * @param start where it begins
   * @param beganAt when, in the milliseconds of {@code PresenceHold}
   */
  public Poll(Kind<R, A> kind, Subscriber reader, StreamToken start, R request, long beganAt) {
    this.kind = kind;
    this.reader = reader;
    this.request = request;
    this.start = start;
    this.after = start;
    this.status = beganAt << BEGAN | RUNNING;
  }

  public Subscriber reader() {
    return reader;
  }

  public R request() {
    return request;
  }

  /** Returns what makes its looks. */
  Looks<R, A> looks() {
    return kind.looks();
  }

  /** Returns the room, if this is a poll for one room. */
  public Optional<RoomId> room() {
    return looks().room(request);
  }

  /** Returns whether this is a poll of an application service's stream. */
  public boolean isOfService() {
    return looks().service(request).isPresent();
  }

  /** Returns the application service, if this is a poll of one. */
  public Optional<AppService> service() {
    return looks().service(request).map(namespaces -> new AppService(reader.user(), namespaces));
  }

  /** Returns whether this is a poll of all that is due to the user, not of one room or an application service. */
  boolean isOfUser() {
    return room().isEmpty() && !isOfService();
  }

  /** Returns the token at which the poll began. */
  public StreamToken start() {
    return start;
  }

  /** Returns when it began, in the milliseconds of {@code PresenceHold}. */
  public long beganAt() {
    return status >> BEGAN;
  }

  /** Returns the token after which it looks next. */
  public StreamToken after() {
    return after;
  }

  /** Sets the token after which it looks first: the start, normalized by the engine. */
  public void startAt(StreamToken token) {
    this.after = token;
  }

  /**
   * Records a look between two tokens. The next look begins at its end, or where this one began if that found anything,
   * so that what was found is found again unless the poll is answered with it.
   *
   * @throws IllegalStateException if an answer with the result would not advance the token
   */
  public void looked(StreamToken after, StreamToken end, boolean foundAny) {
    if (after.isAheadOf(end) || (foundAny && !end.isAheadOf(after))) {
      throw new IllegalStateException("no progress from " + after + " to " + end);
    }
    this.after = foundAny ? after : end;
    set(LOOKED, true);
  }

  /** Returns whether it has looked at least once. */
  public boolean hasLooked() {
    return has(LOOKED);
  }

  /** Returns whether new presence need not wake it, because it already delays presence until its hold ends. */
  public boolean holdsPresence() {
    return has(HOLDING);
  }

  public void holdPresence(boolean hold) {
    set(HOLDING, hold);
  }

  /** Sets the timer that ends its hold. */
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

  /** Wakes the poll. Returns whether it was parked, so that the caller must run it. */
  public boolean wake() {
    long before = STATUS.getAndUpdate(this, now -> switch (state(now)) {
      case PARKED -> in(RUNNING, now);
      case RUNNING -> in(LOOK_AGAIN, now);
      default -> now;
    });
    return state(before) == PARKED;
  }

  /** Parks the running poll, unless it was woken since the last call. Returns false if it must look again. */
  public boolean park() {
    long before = STATUS.getAndUpdate(this, now -> switch (state(now)) {
      case RUNNING -> in(PARKED, now);
      case LOOK_AGAIN -> in(RUNNING, now);
      default -> now;
    });
    return state(before) != LOOK_AGAIN;
  }

  /** Returns whether its timeout has passed, so that the next look is the last. */
  public boolean isExpired() {
    return has(EXPIRED);
  }

  public void expire() {
    set(EXPIRED, true);
  }

  @Override
  protected void timeUp() {
    kind.owner().timeUp(this);
  }

  @Override
  protected boolean ending() {
    boolean isFirst = state(STATUS.getAndUpdate(this, now -> now | ENDED)) != ENDED;
    if (isFirst) {
      kind.owner().ending(this);
    }
    return isFirst;
  }

  @Override
  protected void ended() {
    kind.owner().ended(this);
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
