package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.call.EventBatch;
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
import io.github.matrixsync.internal.ephemeral.TokenRange;
import io.github.matrixsync.internal.error.EngineErrors;
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
 * Makes one look of a running poll: selects all that is new between the poll's token and the published end.
 * Thread-safe.
 */
public final class PollLooks {
  private final int batchLimit;
  private final Roster roster;
  private final StreamFollowers followers;
  private final DueEvents dueEvents;
  private final EphemeralEntries ephemerals;
  private final ServiceLooks serviceLooks;
  private final CutAnswers cutAnswers;
  private final UserSettings settings;
  private final boolean hasSettings;
  private final InstantSource clock;
  private final InstantSource steadyClock;
  private final Duration settingsAge;

  // More than five parameters: one for each part of the engine that a look works with, given by
  // SyncEngine alone.
  public PollLooks(
      EngineContext context,
      int batchLimit,
      Roster roster,
      StreamFollowers followers,
      DueEvents dueEvents,
      EphemeralEntries ephemerals,
      ServiceLooks serviceLooks) {
    this.batchLimit = batchLimit;
    this.roster = roster;
    this.followers = followers;
    this.dueEvents = dueEvents;
    this.ephemerals = ephemerals;
    this.serviceLooks = serviceLooks;
    cutAnswers = new CutAnswers(followers);
    settings = context.stores().settings();
    hasSettings = context.stores().hasSettings();
    clock = context.clock();
    steadyClock = context.steadyClock();
    settingsAge = context.settingsAge();
  }

  /**
   * Returns the batch up to the published end, which may be empty; null if a store must be read and {@code mayBlock} is
   * false.
   */
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
   * Returns room events that are already published while the follower is behind, so that a woken poll need not wait for
   * it; null if there are none, or if more than the window is needed. Does no I/O.
   */
  private @Nullable EventBatch ofBacklog(Poll poll) {
    StreamToken after = poll.after();
    long upTo = followers.published().room();
    if (!poll.hasLooked()
        || poll.isExpired()
        || poll.isOfService()
        || upTo <= after.room()
        || !followers.isBehind()
        || followers.isStale()
        || !isPreferenceFresh(poll)) {
      return null;
    }
    LookRequest look = new LookRequest(poll.reader(), after.room(), upTo, limit(poll), poll.form());
    return poll.room()
        .map(room -> dueEvents.inRoom(look, room, false))
        .orElseGet(() -> dueEvents.find(look, false))
        .filter(RoomPart::isShown)
        .map(part -> cut(poll, after, part))
        .orElse(null);
  }

  private int limit(Poll poll) {
    return Math.min(poll.limit().orElse(batchLimit), batchLimit);
  }

  /** Returns whether a look probably needs no store read. */
  private boolean isInMemory(Poll poll) {
    StreamToken after = poll.after();
    return (poll.isOfService() || poll.reader().isLoaded())
        && isPreferenceFresh(poll)
        && !followers.isBehind()
        && dueEvents.isInWindow(after.room())
        && !followers.isExpired(after)
        && !after.isAheadOf(followers.published());
  }

  /**
   * Returns whether the user's settings are loaded, and no change was signaled since. A poll that begins also needs
   * them to be younger than the age at which settings are read again, because a signal may be lost.
   */
  private boolean isPreferenceFresh(Poll poll) {
    ReaderSettings known = poll.reader().settings();
    return !hasSettings
        || poll.isOfService()
        || (poll.hasLooked() ? known.isRead() : known.isFresh(steadyClock.instant(), settingsAge));
  }

  /** Reads from the stores what a look needs. */
  private void prepare(Poll poll) {
    Reader reader = poll.reader();
    if (!isPreferenceFresh(poll)) {
      ReaderSettings before = reader.settings();
      roster.updateSettings(
          reader, before, ReaderSettings.read(settings, reader.user(), steadyClock.instant()));
    }
    followers.catchUp();
    if (!poll.hasLooked()) {
      followers.check(reader.user(), poll.after());
    }
    if (!poll.isOfService()) {
      roster.load(reader);
    }
  }

  private @Nullable EventBatch find(Poll poll, boolean mayBlock) {
    StreamToken after = poll.after();
    Optional<StreamToken> now = end(poll, mayBlock);
    if (now.isEmpty()) {
      return null;
    }
    StreamToken end = now.get().max(after);
    LookRequest look =
        new LookRequest(poll.reader(), after.room(), end.room(), limit(poll), poll.form());
    TokenRange range = new TokenRange(after, end);
    Look made = new Look(poll, look, range, mayBlock);
    Optional<RoomId> one = poll.room();
    if (one.isPresent()) {
      return peek(made, one.get());
    }
    Optional<AppService> service = poll.service();
    if (service.isPresent()) {
      ServiceLooks.Answered answered = serviceLooks.look(service.get(), look, range, mayBlock);
      return answered == null ? null : poll.found(after, answered.end(), answered.chunk());
    }
    Optional<RoomPart> found = dueEvents.find(look, mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    RoomPart part = found.get();
    if (part.through() < end.room()) {
      return cut(poll, after, part);
    }
    return whole(
        made,
        part,
        again -> dueEvents.find(again, mayBlock),
        joinsAndLeaves -> ephemerals.scopeOf(poll.reader(), range, joinsAndLeaves, mayBlock));
  }

  /**
   * One look.
   *
   * @param poll whose look it is
   * @param request the room events to select
   * @param range the tokens after which the look begins, and up to which it goes
   * @param mayBlock whether a store may be read
   */
  private record Look(Poll poll, LookRequest request, TokenRange range, boolean mayBlock) {}

  private @Nullable EventBatch peek(Look look, RoomId room) {
    Poll poll = look.poll();
    boolean mayBlock = look.mayBlock();
    StreamToken after = look.range().after();
    StreamToken end = look.range().end();
    Optional<Boolean> known = dueEvents.isReadable(poll.reader(), room, end.room(), mayBlock);
    if (known.isEmpty()) {
      return null;
    }
    boolean readable = known.get();
    if (!readable && !poll.hasLooked()) {
      throw EngineErrors.roomNotReadable(room);
    }
    Optional<RoomPart> found = dueEvents.inRoom(look.request(), room, mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    RoomPart part = found.get();
    if (part.through() < end.room()) {
      return cut(poll, after, part);
    }
    if (readable) {
      return whole(
          look,
          part,
          again -> dueEvents.inRoom(again, room, mayBlock),
          joinsAndLeaves ->
              Optional.of(AnswerScope.ofRoom(poll.reader(), room, look.range(), joinsAndLeaves)));
    }
    if (!part.isShown()) {
      throw EngineErrors.roomNotReadable(room);
    }
    return poll.found(after, end, part.at(clock.instant()));
  }

  /**
   * Returns a batch of as many room events as the limit allows, and nothing else. Presence, receipts and typing for its
   * joins follow in the batch that reaches the end.
   */
  private EventBatch cut(Poll poll, StreamToken after, RoomPart part) {
    StreamToken end = after.withRoom(part.through());
    JoinsAndLeaves joinsAndLeaves = JoinsAndLeaves.of(part, poll.reader().user());
    poll.reader().addPending(after, end, !joinsAndLeaves.isNone());
    return poll.found(after, end, part.at(clock.instant()));
  }

  /**
   * Returns a batch that reaches the end: its room events and all other entries; null if a store must be read and
   * {@code mayBlock} is false.
   *
   * @param reads reads again the room events of batches that were cut
   * @param scope returns the scope of the other entries; empty if a store must be read and may not
   */
  private @Nullable EventBatch whole(
      Look look,
      RoomPart part,
      Function<LookRequest, Optional<RoomPart>> reads,
      Function<JoinsAndLeaves, Optional<AnswerScope>> scope) {
    Poll poll = look.poll();
    StreamToken after = look.range().after();
    JoinsAndLeaves earlier = cutAnswers.before(
        look.request(),
        poll.reader().pendingAfter(after),
        again -> part(reads.apply(again), again));
    if (earlier == null) {
      return null;
    }
    JoinsAndLeaves joinsAndLeaves =
        JoinsAndLeaves.of(part, poll.reader().user()).after(earlier);
    Instant now = clock.instant();
    List<ClientEvent> chunk = part.at(now);
    if (!EphemeralEntries.isNothingNew(look.range(), joinsAndLeaves)) {
      Optional<List<ClientEvent>> others = scope
          .apply(joinsAndLeaves)
          .flatMap(some -> ephemerals.between(some, now, look.mayBlock()));
      if (others.isEmpty()) {
        return null;
      }
      chunk.addAll(others.get());
    }
    return poll.found(after, look.range().end(), chunk);
  }

  /**
   * Returns the token at which a look ends: for the first look what is published, for later ones what polls were woken
   * for. Empty if the rooms must be followed further and {@code mayBlock} is false.
   */
  private Optional<StreamToken> end(Poll poll, boolean mayBlock) {
    StreamToken end = poll.hasLooked() ? followers.woken() : followers.published();
    return mayBlock
        ? Optional.of(followers.withCurrentRoom(end))
        : followers.withCurrentRoomInMemory(end);
  }

  private static CutAnswers.@Nullable Part part(Optional<RoomPart> found, LookRequest look) {
    return found
        .map(part ->
            new CutAnswers.Part(JoinsAndLeaves.of(part, look.reader().user()), part.through()))
        .orElse(null);
  }
}
