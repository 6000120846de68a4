package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.appservice.AppService;
import io.github.matrixsync.internal.concurrent.Attempts;
import io.github.matrixsync.internal.concurrent.Budget;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.SerialTasks;
import io.github.matrixsync.internal.concurrent.TimerWheel;
import io.github.matrixsync.internal.error.EngineErrors;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.operation.PollSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * Begins, runs, parks and ends long polls.
 *
 * <p>A poll is registered before it first looks, so no wake-up is lost. It looks for published events and answers if
 * there are any. If not, it parks: an object in the roster and a timer, no thread. A wake-up makes it look again from
 * where its last look ended; a wake-up during a look makes it look once more instead of parking. When the timer fires,
 * the next look is the last, which answers even if it finds nothing.
 *
 * <p>The first look is made on the caller's thread if all it needs is in memory; on the executor if that thread is
 * inside a callback of an answer, so that stacks do not grow with the number of polls. No look of a user's poll blocks
 * the executor: one that must read a store continues in the lane for reads. The looks of an application service are
 * made there one after another.
 */
public final class LongPolls implements Poll.Owner {
  /** A callback for the end of a look. */
  public interface LookEnd {
    /** Called when a look has ended: the poll parked again, or it was answered or has ended otherwise. */
    void ended(boolean parked);
  }

  private final Roster roster;
  private final PollRegistry polls;
  private final EngineThreads threads;
  private final TimerWheel deadlines;
  private final StreamFollowers followers;
  private final SerialTasks<AppService> serviceLooks;
  private final PresenceHold hold;
  private final GuardedObserver observer;
  private final int perUser;
  private final Budget budget;
  private final AtomicReference<@Nullable Drain> drain = new AtomicReference<>();
  private volatile boolean closed;

  // More than five parameters: one for each part of the engine that polls need, given by SyncEngine
  // alone.
  public LongPolls(
      EngineThreads threads,
      PollSettings bounds,
      GuardedObserver observer,
      Roster roster,
      PollRegistry polls,
      StreamFollowers followers,
      SerialTasks<AppService> serviceLooks) {
    this.threads = threads;
    this.serviceLooks = serviceLooks;
    this.perUser = bounds.perUser();
    this.observer = observer;
    this.roster = roster;
    this.polls = polls;
    this.followers = followers;
    deadlines = new TimerWheel(threads);
    hold = new PresenceHold(bounds.presenceHold(), threads, this::wakeLater);
    budget = new Budget(bounds.inAll().isPresent() ? bounds.inAll().getAsInt() : Budget.NONE);
  }

  /** Returns the kind of the polls whose looks these are. */
  public <R, A> Poll.Kind<R, A> kind(Looks<R, A> looks) {
    return new Poll.Kind<>(this, looks);
  }

  /**
   * Begins a poll; never blocks. Any failure after the check of the arguments fails the future and deregisters the
   * poll.
   *
   * @param after where to begin; null: now
   */
  public <R, A> CompletableFuture<A> begin(
      Poll.Kind<R, A> kind, UserId user, @Nullable StreamToken after, Duration timeout, R request) {
    if (!budget.take(1)) {
      return CompletableFuture.failedFuture(EngineErrors.tooManyPolls());
    }
    kind.looks().tellBegan(observer, user, request);
    Poll<R, A> poll;
    try {
      StreamToken start = after == null ? followers.watermark() : followers.shared(after);
      StreamToken normalized = followers.stores().normalized(start);
      long now = hold.now();
      poll = new Poll<>(kind, Subscriber.of(roster.acquire(user)), start, request, now);
      poll.startAt(normalized);
    } catch (Throwable e) {
      budget.giveBack(1);
      kind.looks().tellEnded(observer, user, request);
      return CompletableFuture.failedFuture(e);
    }
    try {
      begin(poll, timeout);
    } catch (Throwable e) {
      poll.completeExceptionally(e);
    }
    return poll;
  }

  private void begin(Poll<?, ?> poll, Duration timeout) {
    if (!polls.register(poll)) {
      throw EngineErrors.tooManyPollsOfUser(perUser);
    }
    Duration wait = wait(timeout);
    if (wait.isZero()) {
      poll.expire();
    } else {
      deadlines.add(poll, wait);
    }
    Runnable look = () -> run(poll, LongPolls::ignore);
    if (poll.isOfService()) {
      runLater(poll);
    } else if (!threads.executeIfOnTop(look)) {
      look.run();
    }
    if (closed) {
      answerNothing(poll);
    }
  }

  /** Returns how long a poll that has just been registered waits. If a drain runs, the poll gets a shortened wait. */
  private Duration wait(Duration timeout) {
    Drain draining = drain.get();
    return draining == null ? timeout : draining.shortened(timeout);
  }

  /**
   * Begins to answer all polls, spread over a duration; only the first call has an effect. Does not block. Returns a
   * future that completes when all are answered.
   */
  public CompletableFuture<Void> drain(Duration window) {
    Drain fresh = new Drain(window, threads, polls, this::timeUp);
    Drain earlier = drain.compareAndExchange(null, fresh);
    Drain draining = earlier == null ? fresh : earlier;
    if (draining == fresh) {
      fresh.start();
    }
    if (closed) {
      draining.end();
    }
    return draining.done().copy();
  }

  /** Returns how many polls were refused because there were too many, of one user or in all. */
  public long refused() {
    return budget.refused() + polls.counts().refused();
  }

  /** Returns whether no poll is left in any index, nor a deadline of one. Meant for tests. */
  public boolean hasNoPolls() {
    return polls.areAllGone() && deadlines.isEmpty();
  }

  private void wakeLater(Poll<?, ?> poll) {
    if (poll.wake()) {
      runLater(poll);
    }
  }

  /**
   * Makes a poll look on the executor. Polls of one application service look one after another, because a look
   * evaluates the service's patterns.
   */
  private void runLater(Poll<?, ?> poll) {
    Runnable run = () -> run(poll, LongPolls::ignore);
    poll.service()
        .ifPresentOrElse(service -> serviceLooks.execute(service, run), () -> threads.execute(run));
  }

  /** Answers all polls with an empty batch, and stops the timers. */
  public void close() {
    closed = true;
    Attempts attempts = new Attempts();
    attempts.make(() -> polls.forEach(poll -> attempts.make(() -> answerNothing(poll))));
    Drain draining = drain.get();
    if (draining != null) {
      attempts.make(draining::end);
    }
    attempts.make(deadlines::close);
    attempts.throwFirst();
  }

  private static <R, A> void answerNothing(Poll<R, A> poll) {
    poll.complete(poll.looks().nothing(poll));
  }

  @Override
  public void ending(Poll<?, ?> poll) {
    polls.deregister(poll);
    budget.giveBack(1);
  }

  @Override
  public void ended(Poll<?, ?> poll) {
    deadlines.remove(poll);
    poll.cancelHold();
    roster.release(poll.reader());
    tellEnded(poll);
  }

  private <R> void tellEnded(Poll<R, ?> poll) {
    poll.looks().tellEnded(observer, poll.reader().user(), poll.request());
  }

  @Override
  public void timeUp(Poll<?, ?> poll) {
    poll.expire();
    wakeLater(poll);
  }

  /**
   * Makes a woken poll look on this thread. Does not block: a look that must read a store continues in the lane for
   * reads.
   *
   * @param end called when the look has ended
   */
  public void look(Poll<?, ?> poll, LookEnd end) {
    run(poll, end);
  }

  /** Returns how long ago the oldest poll began; zero if there is none. Iterates over all polls. */
  public Duration oldest() {
    long now = hold.now();
    LongAccumulator millis = new LongAccumulator(Math::max, 0);
    polls.forEach(poll -> millis.accumulate(now - poll.beganAt()));
    return Duration.ofMillis(millis.get());
  }

  /**
   * Looks, again while woken, and answers or parks. Continues in the lane for reads when a store must be read; the poll
   * of an application service is in it already.
   */
  private <R, A> void run(Poll<R, A> poll, LookEnd end) {
    UnfinishedLook<A> unfinished = new UnfinishedLook<>();
    if (!tryRun(poll, poll.isOfService(), unfinished, end)) {
      threads.read(() -> tryRun(poll, true, unfinished, end));
    }
  }

  /**
   * Does the same on this thread alone. Another thread may end the poll meanwhile; its reader is held until this
   * returns.
   *
   * @return whether the look has ended; false if it must read a store and {@code mayBlock} is false
   */
  private <R, A> boolean tryRun(
      Poll<R, A> poll, boolean mayBlock, UnfinishedLook<A> unfinished, LookEnd end) {
    if (!roster.hold(poll.reader())) {
      end.ended(false);
      return true;
    }
    try {
      return lookUntilParked(poll, mayBlock, unfinished, end);
    } finally {
      roster.release(poll.reader());
    }
  }

  private <R, A> boolean lookUntilParked(
      Poll<R, A> poll, boolean mayBlock, UnfinishedLook<A> unfinished, LookEnd end) {
    Looks<R, A> looks = poll.looks();
    boolean parked = false;
    try {
      while (!poll.isDone() && !parked) {
        boolean last = poll.isExpired();
        A answer = mayBlock ? unfinished.complete() : null;
        if (answer == null) {
          answer = looks.look(poll, mayBlock, unfinished);
        }
        if (answer == null) {
          return false;
        }
        if (last || (!looks.isEmpty(answer) && !hold.holdsBack(poll, answer))) {
          poll.complete(answer);
        } else {
          parked = poll.park();
        }
      }
    } catch (Throwable e) {
      poll.completeExceptionally(e);
    }
    end.ended(parked && !poll.isDone());
    return true;
  }

  private static void ignore(boolean parked) {}
}
