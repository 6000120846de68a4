package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.appservice.AppService;
import io.github.matrixsync.internal.appservice.ServiceLooks;
import io.github.matrixsync.internal.delivery.CutAnswers;
import io.github.matrixsync.internal.delivery.DueEvents;
import io.github.matrixsync.internal.delivery.LookRequest;
import io.github.matrixsync.internal.ephemeral.AnswerScope;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.ReaderSettings;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.store.UserSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One look of a running poll: what is due between where it has come to and what is published. Thread-safe.
 */
public final class PollLooks {
  private final PollBounds bounds;
  private final Roster roster;
  private final StreamFollowers following;
  private final DueEvents rooms;
  private final EphemeralEntries ephemerals;
  private final ServiceLooks services;
  private final CutAnswers cutParts;
  private final UserSettings settings;
  private final boolean hasSettings;
  private final InstantSource clock;
  private final InstantSource steadyClock;
  private final Duration settingsAge;

  public PollLooks(
      EngineContext given,
      PollBounds bounds,
      Roster roster,
      StreamFollowers following,
      DueEvents rooms,
      EphemeralEntries ephemerals,
      ServiceLooks services) {
    this.bounds = bounds;
    this.roster = roster;
    this.following = following;
    this.rooms = rooms;
    this.ephemerals = ephemerals;
    this.services = services;
    cutParts = new CutAnswers(following);
    settings = given.roles().settings();
    hasSettings = given.roles().hasSettings();
    clock = given.clock();
    steadyClock = given.steadyClock();
    settingsAge = given.settingsAge();
  }

  /** Returns what is due, perhaps nothing, up to what is published; null if a store must be read and may not. */
  @Nullable EventBatch look(Poll poll, boolean mayBlock) {
    EventBatch early = ofBacklog(poll);
    if (early != null) {
      return early;
    }
    if (mayBlock) {
      prepare(poll);
    } else if (!isInMemory(poll)) {
      return null;
    }
    return find(poll, mayBlock);
  }

  /**
   * Returns the room events that are due to a woken poll of what is published while more is being followed, so that it
   * does not wait for that; null if there is none, or anything else is needed. Does no I/O.
   */
  private @Nullable EventBatch ofBacklog(Poll poll) {
    StreamToken from = poll.examined();
    long upTo = following.published().room();
    if (!poll.hasLooked()
        || poll.isExpired()
        || poll.isOfService()
        || upTo <= from.room()
        || !following.isBehind()
        || following.isStale()
        || !isPreferenceFresh(poll)) {
      return null;
    }
    LookRequest look =
        new LookRequest(poll.reader(), from.room(), upTo, bounds.limit(poll.limit()), poll.form());
    return poll.room()
        .map(room -> rooms.inRoom(look, room, false))
        .orElseGet(() -> rooms.find(look, false))
        .filter(RoomPart::isShown)
        .map(part -> cut(poll, from, part))
        .orElse(null);
  }

  /** Returns whether a look needs no store, as far as can be said before it. */
  private boolean isInMemory(Poll poll) {
    StreamToken from = poll.examined();
    return (poll.isOfService() || poll.reader().isLoaded())
        && isPreferenceFresh(poll)
        && !following.isBehind()
        && rooms.isInWindow(from.room())
        && !following.isExpired(from)
        && !from.isAheadOf(following.published());
  }

  /**
   * Returns whether a user's settings are known: read, and not changed since as far as was signalled. A poll that
   * begins also wants them to be not older than a lost signal may make them.
   */
  private boolean isPreferenceFresh(Poll poll) {
    ReaderSettings known = poll.reader().preferences();
    return !hasSettings
        || poll.isOfService()
        || (poll.hasLooked() ? known.isRead() : known.isFresh(steadyClock.instant(), settingsAge));
  }

  /** Reads whatever a look needs. */
  private void prepare(Poll poll) {
    Reader reader = poll.reader();
    if (!isPreferenceFresh(poll)) {
      ReaderSettings before = reader.preferences();
      roster.prefer(
          reader, before, ReaderSettings.read(settings, reader.user(), steadyClock.instant()));
    }
    following.catchUp();
    if (!poll.hasLooked()) {
      following.check(reader.user(), poll.examined());
    }
    if (!poll.isOfService()) {
      roster.load(reader);
    }
  }

  private @Nullable EventBatch find(Poll poll, boolean mayBlock) {
    StreamToken from = poll.examined();
    StreamToken end = end(poll, mayBlock).max(from);
    LookRequest look = new LookRequest(
        poll.reader(), from.room(), end.room(), bounds.limit(poll.limit()), poll.form());
    Optional<RoomId> one = poll.room();
    if (one.isPresent()) {
      return peek(poll, one.get(), look, end, mayBlock);
    }
    Optional<AppService> service = poll.service();
    if (service.isPresent()) {
      ServiceLooks.Answered answered =
          services.look(service.get(), poll.reader(), look, from, end, mayBlock);
      return answered == null ? null : poll.found(from, answered.end(), answered.chunk());
    }
    Optional<RoomPart> found = rooms.find(look, mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    RoomPart part = found.get();
    if (part.through() < end.room()) {
      return cut(poll, from, part);
    }
    return whole(
        poll,
        look,
        end,
        part,
        again -> rooms.find(again, mayBlock),
        turnover -> ephemerals.sight(poll.reader(), from, end, turnover),
        mayBlock);
  }

  private @Nullable EventBatch peek(
      Poll poll, RoomId room, LookRequest look, StreamToken end, boolean mayBlock) {
    StreamToken from = poll.examined();
    Optional<Boolean> known = rooms.isReadable(poll.reader(), room, end.room(), mayBlock);
    if (known.isEmpty()) {
      return null;
    }
    boolean readable = known.get();
    if (!readable && !poll.hasLooked()) {
      throw new RoomNotReadableException(room);
    }
    Optional<RoomPart> found = rooms.inRoom(look, room, mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    RoomPart part = found.get();
    if (part.through() < end.room()) {
      return cut(poll, from, part);
    }
    if (readable) {
      return whole(
          poll,
          look,
          end,
          part,
          again -> rooms.inRoom(again, room, mayBlock),
          turnover -> AnswerScope.ofRoom(poll.reader(), room, from, end, turnover),
          mayBlock);
    }
    if (!part.isShown()) {
      throw new RoomNotReadableException(room);
    }
    return poll.found(from, end, part.at(clock.instant()));
  }

  /**
   * Answers with room events alone, as many as the limit allows. Of who came and went in them, the answer that reaches
   * the end will tell.
   */
  private EventBatch cut(Poll poll, StreamToken from, RoomPart part) {
    StreamToken end = from.withRoom(part.through());
    JoinsAndLeaves turnover = JoinsAndLeaves.of(part, poll.reader().user());
    poll.reader().leaveUntold(from, end, !turnover.isNone());
    return poll.found(from, end, part.at(clock.instant()));
  }

  /**
   * Answers with the room events of a look that went to the end, and with what else there is; null if that must be read
   * and may not.
   *
   * @param reads reads room events again, of answers that were cut
   * @param sight what else the poll covers
   */
  private @Nullable EventBatch whole(
      Poll poll,
      LookRequest look,
      StreamToken end,
      RoomPart part,
      Function<LookRequest, Optional<RoomPart>> reads,
      Function<JoinsAndLeaves, AnswerScope> sight,
      boolean mayBlock) {
    StreamToken from = poll.examined();
    JoinsAndLeaves earlier = cutParts.before(
        look, poll.reader().untoldSince(from), again -> part(reads.apply(again), again));
    if (earlier == null) {
      return null;
    }
    JoinsAndLeaves turnover = JoinsAndLeaves.of(part, poll.reader().user()).after(earlier);
    boolean nothingNew = EphemeralEntries.isNothingNew(from, end, turnover);
    if (!nothingNew && !mayBlock) {
      return null;
    }
    Instant now = clock.instant();
    List<ClientEvent> chunk = part.at(now);
    if (!nothingNew) {
      chunk.addAll(ephemerals.between(sight.apply(turnover), now));
    }
    return poll.found(from, end, chunk);
  }

  /**
   * Returns where a look goes to: the first as far as anything has come, the others as far as polls are woken. One that
   * may not block shows room events alone.
   */
  private StreamToken end(Poll poll, boolean mayBlock) {
    StreamToken end = poll.hasLooked() ? following.woken() : following.published();
    return mayBlock ? following.place(end) : end;
  }

  private static CutAnswers.@Nullable Part part(Optional<RoomPart> found, LookRequest look) {
    return found
        .map(part ->
            new CutAnswers.Part(JoinsAndLeaves.of(part, look.reader().user()), part.through()))
        .orElse(null);
  }
}
