package io.github.matrixsync;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The long poll.
 *
 * <p>A poll is registered before anything is looked at, so no wake-up is lost. It then looks at what is published, and answers if anything is due. If not, it parks: an object in the roster and a timer, no thread. A
 * wake-up, which means no more than "look again", has it look from where it had come to; one that comes during a look has it look once more instead of parking. The timer makes the next look the last, which answers whatever
 * there is. The first look is made on the caller's thread if all it needs is in memory; whatever may block runs on the engine's executor.
 */
final class Streams implements Poll.Owner {
  private static final int WAKE_CHUNK = 256;

  private final Roster roster;
  private final Threads threads;
  private final TimerWheel deadlines;
  private final Following following;
  private final RoomReads rooms;
  private final Ephemerals ephemerals;
  private final UserSettings settings;
  private final PollObserver observer;
  private final InstantSource clock;
  private final Duration longestStale;
  private final boolean hasSettings;
  private final int batchLimit;
  private volatile boolean closed;

  Streams(
      SyncEngineBuilder given,
      Roster roster,
      Threads threads,
      Following following,
      RoomReads rooms,
      Ephemerals ephemerals) {
    this.roster = roster;
    this.threads = threads;
    this.deadlines = new TimerWheel(threads);
    this.following = following;
    this.rooms = rooms;
    this.ephemerals = ephemerals;
    hasSettings = given.settings != null;
    settings = given.settings == null ? Absent.SETTINGS : given.settings;
    observer = given.observer == null ? new Unobserved() : given.observer;
    clock = given.clock;
    longestStale = given.fallbackInterval;
    batchLimit = given.batchLimit;
  }

  private static final class Unobserved implements PollObserver {
    @Override
    public void pollBegan(UserId user) {}

    @Override
    public void pollEnded(UserId user) {}
  }

  /** Begins a poll; never blocks. */
  Poll begin(UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options) {
    observer.pollBegan(user);
    StreamToken start = from == null ? following.watermark() : following.shared(from);
    Poll poll = new Poll(this, roster.acquire(user), start, options);
    roster.register(poll);
    if (timeout.isZero()) {
      poll.expire();
    } else {
      deadlines.add(poll, timeout);
    }
    run(poll, false);
    if (closed) {
      answerNothing(poll);
    }
    return poll;
  }

  /** Has those look again who are concerned, on the executor, in chunks. */
  void wake(Concerned concerned) {
    List<Poll> peeks = roster.peeks(concerned);
    if (!peeks.isEmpty()) {
      threads.execute(() -> peeks.forEach(this::wake));
    }
    for (Reader[] group : roster.readers(concerned)) {
      for (int i = 0; i < group.length; i += WAKE_CHUNK) {
        int from = i;
        threads.execute(() -> wake(group, from, Math.min(from + WAKE_CHUNK, group.length)));
      }
    }
  }

  private void wake(Reader[] group, int from, int to) {
    for (int i = from; i < to; i++) {
      for (Poll poll : group[i].polls()) {
        wake(poll);
      }
    }
  }

  private void wake(Poll poll) {
    if (poll.wake()) {
      run(poll, true);
    }
  }

  /** Answers all polls with what they have come to, which is nothing. */
  void close() {
    closed = true;
    Concerned everyone = new Concerned();
    everyone.addEveryone();
    roster.peeks(everyone).forEach(this::answerNothing);
    for (Reader[] group : roster.readers(everyone)) {
      for (Reader reader : group) {
        List.of(reader.polls()).forEach(this::answerNothing);
      }
    }
  }

  private void answerNothing(Poll poll) {
    poll.complete(new EventBatch(poll.start(), poll.examined(), List.of()));
  }

  @Override
  public void ended(Poll poll) {
    deadlines.remove(poll);
    roster.deregister(poll);
    roster.release(poll.reader());
    observer.pollEnded(poll.reader().user());
  }

  @Override
  public void timeUp(Poll poll) {
    poll.expire();
    if (poll.wake()) {
      threads.execute(() -> run(poll, true));
    }
  }

  /** Looks, again and again while woken, and answers or parks. */
  private void run(Poll poll, boolean mayBlock) {
    try {
      while (!poll.isDone()) {
        boolean last = poll.isExpired();
        if (!mayBlock && !isInMemory(poll)) {
          threads.execute(() -> run(poll, true));
          return;
        }
        if (mayBlock) {
          prepare(poll);
        }
        EventBatch batch = look(poll, mayBlock);
        if (batch == null) {
          threads.execute(() -> run(poll, true));
          return;
        }
        if (last || !batch.chunk().isEmpty()) {
          poll.complete(batch);
        } else if (poll.park()) {
          return;
        }
      }
    } catch (Throwable e) {
      poll.completeExceptionally(e);
    }
  }

  /** Returns whether a look needs no store, as far as can be said before it. */
  private boolean isInMemory(Poll poll) {
    StreamToken from = poll.examined();
    return poll.room().isEmpty()
        && poll.reader().isLoaded()
        && isPreferenceFresh(poll.reader())
        && !following.isBehind()
        && rooms.isInWindow(from.room())
        && !following.isExpired(from)
        && !from.isAheadOf(following.published());
  }

  private boolean isPreferenceFresh(Reader reader) {
    return !hasSettings || reader.preferences().isFresh(clock.instant(), longestStale);
  }

  /** Reads whatever a look needs. */
  private void prepare(Poll poll) {
    Reader reader = poll.reader();
    if (!isPreferenceFresh(reader)) {
      roster.prefer(reader, Preferences.read(settings, reader.user(), clock.instant()));
    }
    roster.load(reader);
    following.catchUp();
    if (!poll.hasLooked()) {
      following.check(poll.start());
    }
  }

  /** Returns what is due, perhaps nothing, up to what is published; null if that must be read and may not. */
  private @Nullable EventBatch look(Poll poll, boolean mayBlock) {
    StreamToken from = poll.examined();
    StreamToken end = following.published().max(from);
    int limit = poll.limit() == 0 ? batchLimit : Math.min(poll.limit(), batchLimit);
    Optional<RoomId> one = poll.room();
    if (one.isPresent()) {
      return peek(poll, one.get(), from, end, limit);
    }
    Optional<RoomPart> found =
        rooms.find(new Look(poll.reader(), from.room(), end.room(), limit, poll.form()), mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    RoomPart part = found.get();
    boolean nothingNew = Ephemerals.isNothingNew(from, end, part);
    if (!nothingNew && !mayBlock) {
      return null;
    }
    Instant now = clock.instant();
    if (part.through() < end.room()) {
      return batch(poll, from, from.withRoom(part.through()), part.at(now));
    }
    List<ClientEvent> chunk = new ArrayList<>(part.at(now));
    if (!nothingNew) {
      chunk.addAll(ephemerals.between(poll.reader(), from, end, part, now));
    }
    return batch(poll, from, end, chunk);
  }

  private EventBatch peek(Poll poll, RoomId room, StreamToken from, StreamToken end, int limit) {
    boolean readable = rooms.isReadable(poll.reader().user(), room, end.room());
    if (!readable && !poll.hasLooked()) {
      throw new RoomNotReadableException(room);
    }
    RoomPart part =
        rooms.inRoom(new Look(poll.reader(), from.room(), end.room(), limit, poll.form()), room);
    Instant now = clock.instant();
    if (part.through() < end.room()) {
      return batch(poll, from, from.withRoom(part.through()), part.at(now));
    }
    if (!readable && part.due().isEmpty()) {
      throw new RoomNotReadableException(room);
    }
    List<ClientEvent> chunk = new ArrayList<>(part.at(now));
    if (readable) {
      chunk.addAll(ephemerals.inRoom(room, from, end, now));
    }
    return batch(poll, from, end, chunk);
  }

  private static EventBatch batch(
      Poll poll, StreamToken from, StreamToken end, List<ClientEvent> chunk) {
    if (from.isAheadOf(end) || (!chunk.isEmpty() && !end.isAheadOf(from))) {
      throw new IllegalStateException("no progress from " + from + " to " + end);
    }
    poll.examinedUpTo(end);
    return new EventBatch(poll.start(), end, chunk);
  }
}
