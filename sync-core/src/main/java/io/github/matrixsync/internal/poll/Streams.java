package io.github.matrixsync.internal.poll;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.due.RoomReads;
import io.github.matrixsync.internal.ephemeral.Ephemerals;
import io.github.matrixsync.internal.ephemeral.Sight;
import io.github.matrixsync.internal.follow.Following;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.internal.log.Turnover;
import io.github.matrixsync.internal.role.Given;
import io.github.matrixsync.internal.roster.Look;
import io.github.matrixsync.internal.roster.Poll;
import io.github.matrixsync.internal.roster.Preferences;
import io.github.matrixsync.internal.roster.Reader;
import io.github.matrixsync.internal.roster.Roster;
import io.github.matrixsync.internal.roster.Service;
import io.github.matrixsync.internal.run.Bound;
import io.github.matrixsync.internal.run.Threads;
import io.github.matrixsync.internal.run.TimerWheel;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.UserSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * The long poll.
 *
 * <p>A poll is registered before anything is looked at, so no wake-up is lost. It then looks at what is published, and answers if anything is due. If not, it parks: an object in the roster and a timer, no thread. A
 * wake-up, which means no more than "look again", has it look from where it had come to; one that comes during a look has it look once more instead of parking. The timer makes the next look the last, which answers whatever
 * there is. The first look is made on the caller's thread if all it needs is in memory; whatever may block runs on the engine's executor.
 */
public final class Streams implements Poll.Owner {
  private final Roster roster;
  private final Threads threads;
  private final TimerWheel deadlines;
  private final Following following;
  private final RoomReads rooms;
  private final Ephemerals ephemerals;
  private final ServiceStreams services;
  private final PresenceHold hold;
  private final UserSettings settings;
  private final PollObserver observer;
  private final InstantSource clock;
  private final Duration longestStale;
  private final boolean hasSettings;
  private final PollBounds bounds;
  private final Bound places;
  private final AtomicReference<@Nullable Drain> drain = new AtomicReference<>();
  private volatile boolean closed;

  public Streams(
      Given given,
      PollBounds bounds,
      PollObserver observer,
      Roster roster,
      Following following,
      RoomReads rooms,
      Ephemerals ephemerals,
      ServiceStreams services) {
    this.roster = roster;
    this.bounds = bounds;
    this.observer = observer;
    threads = given.threads();
    deadlines = new TimerWheel(threads);
    this.following = following;
    this.rooms = rooms;
    this.ephemerals = ephemerals;
    this.services = services;
    hold = new PresenceHold(bounds.presenceHold(), threads, this::wakeLater);
    hasSettings = given.roles().hasSettings();
    settings = given.roles().settings();
    clock = given.clock();
    longestStale = given.fallbackInterval();
    places = new Bound(bounds.inAll());
  }

  /** Begins a poll; never blocks. */
  public CompletableFuture<EventBatch> begin(
      UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options) {
    if (!places.take(1)) {
      return CompletableFuture.failedFuture(LimitExceededException.polls());
    }
    Poll poll;
    try {
      poll = newPoll(user, from, options);
    } catch (Throwable e) {
      places.giveBack(1);
      throw e;
    }
    if (roster.register(poll)) {
      begin(poll, timeout);
    } else {
      poll.completeExceptionally(LimitExceededException.pollsOfUser(bounds.ofUser()));
    }
    return poll;
  }

  private Poll newPoll(UserId user, @Nullable StreamToken from, StreamOptions options) {
    observer.pollBegan(user);
    StreamToken start = from == null ? following.watermark() : following.shared(from);
    Poll poll = new Poll(this, roster.acquire(user), start, options, hold.now());
    poll.hears(following.roles().heard(start));
    return poll;
  }

  private void begin(Poll poll, Duration timeout) {
    Duration wait = wait(timeout);
    if (wait.isZero()) {
      poll.expire();
    } else {
      deadlines.add(poll, wait);
    }
    run(poll, false);
    if (closed) {
      answerNothing(poll);
    }
  }

  /** Returns how long a poll waits that has just been registered: whether it is drained with the others or by this is decided then. */
  private Duration wait(Duration timeout) {
    Drain draining = drain.get();
    if (draining != null) {
      return draining.shortened(timeout);
    }
    return bounds.jitter() == 0 ? timeout : jittered(timeout);
  }

  private Duration jittered(Duration timeout) {
    double share = bounds.jitter() * ThreadLocalRandom.current().nextDouble();
    Duration longest = Threads.LONGEST;
    Duration wait = timeout.compareTo(longest) < 0 ? timeout : longest;
    return wait.minusNanos((long) (share * wait.toNanos()));
  }

  /** Answers all polls, spread over a time; once only. Does not block. Returns what completes then. */
  public CompletableFuture<Void> drain(Duration window) {
    Drain fresh = new Drain(window, threads, roster, this::timeUp);
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

  /** Returns how many polls were refused because there were too many, of a user or in all. */
  public long refused() {
    return places.refused() + roster.counts().refused();
  }

  /** Returns whether no poll is left in any index, nor a deadline of one. Meant for tests. */
  public boolean hasNoPolls() {
    return roster.hasNoPolls() && deadlines.isEmpty();
  }

  private void wakeLater(Poll poll) {
    if (poll.wake()) {
      threads.execute(() -> run(poll, true));
    }
  }

  /** Answers all polls with what they have come to, which is nothing. */
  public void close() {
    closed = true;
    roster.forEachPoll(this::answerNothing);
    Drain draining = drain.get();
    if (draining != null) {
      draining.end();
    }
  }

  private void answerNothing(Poll poll) {
    poll.complete(new EventBatch(poll.start(), poll.examined().max(poll.start()), List.of()));
  }

  @Override
  public void ending(Poll poll) {
    roster.deregister(poll);
    places.giveBack(1);
  }

  @Override
  public void ended(Poll poll) {
    deadlines.remove(poll);
    poll.cancelHold();
    roster.release(poll.reader());
    observer.pollEnded(poll.reader().user());
  }

  @Override
  public void timeUp(Poll poll) {
    poll.expire();
    wakeLater(poll);
  }

  /** Has a poll look that was woken, and returns whether it parked again; this thread is the one to run it. May block. */
  public boolean look(Poll poll) {
    return run(poll, true);
  }

  /** Returns how long ago the oldest poll began; zero if there is none. A look at all of them. */
  public Duration oldest() {
    int now = hold.now();
    LongAccumulator millis = new LongAccumulator(Math::max, 0);
    roster.forEachPoll(poll -> millis.accumulate(now - poll.beganAt()));
    return Duration.ofMillis(millis.get());
  }

  /** Looks, again and again while woken, and answers or parks. Returns whether it parked. */
  private boolean run(Poll poll, boolean mayBlock) {
    try {
      while (!poll.isDone()) {
        boolean last = poll.isExpired();
        if (!mayBlock && !isInMemory(poll)) {
          threads.execute(() -> run(poll, true));
          return false;
        }
        if (mayBlock) {
          prepare(poll);
        }
        EventBatch batch = look(poll, mayBlock);
        if (batch == null) {
          threads.execute(() -> run(poll, true));
          return false;
        }
        if (last || (!batch.chunk().isEmpty() && !hold.holdsBack(poll, batch))) {
          poll.complete(batch);
        } else if (poll.park()) {
          return !poll.isDone();
        }
      }
    } catch (Throwable e) {
      poll.completeExceptionally(e);
    }
    return false;
  }

  /** Returns whether a look needs no store, as far as can be said before it. */
  private boolean isInMemory(Poll poll) {
    StreamToken from = poll.examined();
    return poll.room().isEmpty()
        && (poll.isOfService() || poll.reader().isLoaded())
        && isPreferenceFresh(poll)
        && !following.isBehind()
        && rooms.isInWindow(from.room())
        && !following.isExpired(from)
        && !from.isAheadOf(following.published());
  }

  /** Returns whether a user's settings are known as far as a poll must know them: when it begins, as they were lately, and later, as far as changes are signalled. */
  private boolean isPreferenceFresh(Poll poll) {
    Preferences known = poll.reader().preferences();
    return !hasSettings
        || poll.isOfService()
        || (poll.hasLooked() ? known.isRead() : known.isFresh(clock.instant(), longestStale));
  }

  /** Reads whatever a look needs. */
  private void prepare(Poll poll) {
    Reader reader = poll.reader();
    if (!isPreferenceFresh(poll)) {
      roster.prefer(reader, Preferences.read(settings, reader.user(), clock.instant()));
    }
    if (!poll.isOfService()) {
      roster.load(reader);
    }
    following.catchUp();
    if (!poll.hasLooked()) {
      following.check(poll.examined());
    }
  }

  /** Returns what is due, perhaps nothing, up to what is published; null if that must be read and may not. */
  private @Nullable EventBatch look(Poll poll, boolean mayBlock) {
    StreamToken from = poll.examined();
    StreamToken end = following.published().max(from);
    Look look =
        new Look(poll.reader(), from.room(), end.room(), bounds.limit(poll.limit()), poll.form());
    Optional<RoomId> one = poll.room();
    if (one.isPresent()) {
      return peek(poll, one.get(), look, end);
    }
    Optional<Service> service = poll.service();
    if (service.isPresent()) {
      return services.look(poll, service.get(), look, end, mayBlock);
    }
    Optional<RoomPart> found = rooms.find(look, mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    RoomPart part = found.get();
    if (part.through() < end.room()) {
      return cut(poll, from, part);
    }
    Turnover turnover = turnover(poll, from, part);
    boolean nothingNew = Ephemerals.isNothingNew(from, end, turnover);
    if (!nothingNew && !mayBlock) {
      return null;
    }
    Instant now = clock.instant();
    List<ClientEvent> chunk = part.at(now);
    if (!nothingNew) {
      chunk.addAll(ephemerals.between(Sight.of(poll.reader(), from, end, turnover), now));
    }
    return batch(poll, from, end, chunk);
  }

  private EventBatch peek(Poll poll, RoomId room, Look look, StreamToken end) {
    StreamToken from = poll.examined();
    boolean readable = rooms.isReadable(poll.reader().user(), room, end.room());
    if (!readable && !poll.hasLooked()) {
      throw new RoomNotReadableException(room);
    }
    RoomPart part = rooms.inRoom(look, room);
    if (part.through() < end.room()) {
      return cut(poll, from, part);
    }
    if (!readable && part.due().isEmpty()) {
      throw new RoomNotReadableException(room);
    }
    Instant now = clock.instant();
    List<ClientEvent> chunk = part.at(now);
    if (readable) {
      Turnover turnover = turnover(poll, from, part);
      chunk.addAll(ephemerals.between(Sight.ofRoom(poll.reader(), room, from, end, turnover), now));
    }
    return batch(poll, from, end, chunk);
  }

  /** Answers with room events alone, as many as the limit allows. Of who came and went in them, the answer that reaches the end will tell. */
  private EventBatch cut(Poll poll, StreamToken from, RoomPart part) {
    StreamToken end = from.withRoom(part.through());
    poll.reader().leaveUntold(from, end, turnover(poll, from, part));
    return batch(poll, from, end, part.at(clock.instant()));
  }

  private static Turnover turnover(Poll poll, StreamToken from, RoomPart part) {
    Reader reader = poll.reader();
    return Turnover.of(part, reader.user()).after(reader.untold(from));
  }

  /** Returns the answer of a look at what lies between two places. */
  static EventBatch batch(Poll poll, StreamToken from, StreamToken end, List<ClientEvent> chunk) {
    if (from.isAheadOf(end) || (!chunk.isEmpty() && !end.isAheadOf(from))) {
      throw new IllegalStateException("no progress from " + from + " to " + end);
    }
    poll.examinedUpTo(chunk.isEmpty() ? end : from);
    return new EventBatch(poll.start(), end.max(poll.start()), chunk);
  }
}
