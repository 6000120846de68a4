package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.appservice.AppService;
import io.github.matrixsync.internal.appservice.ServiceLooks;
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
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.internal.stores.EngineContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the looks of polls of the event stream, {@code GET /events} of the v1 Sync API. Thread-safe. */
public final class StreamLooks implements Looks<StreamOptions, EventBatch> {
  private static final String PRESENCE = "m.presence";

  private final int batchLimit;
  private final Roster roster;
  private final StreamFollowers followers;
  private final DueEvents dueEvents;
  private final EphemeralEntries ephemerals;
  private final ServiceLooks serviceLooks;
  private final SettingsReads settings;
  private final InstantSource clock;

  // More than five parameters: one for each part of the engine that a look works with, given by
  // SyncEngine alone.
  public StreamLooks(
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
    settings = new SettingsReads(context, roster);
    clock = context.clock();
  }

  @Override
  public @Nullable EventBatch look(
      Poll<StreamOptions, EventBatch> poll,
      boolean mayBlock,
      UnfinishedLook<EventBatch> unfinished) {
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

  @Override
  public EventBatch nothing(Poll<StreamOptions, EventBatch> poll) {
    return batch(poll, poll.after(), List.of());
  }

  @Override
  public boolean isEmpty(EventBatch batch) {
    return batch.chunk().isEmpty();
  }

  @Override
  public boolean isPresenceOnly(EventBatch batch) {
    return batch.chunk().stream().allMatch(StreamLooks::isPresence);
  }

  @Override
  public Optional<RoomId> room(StreamOptions options) {
    return options.room();
  }

  @Override
  public Optional<ServiceNamespaces> service(StreamOptions options) {
    return options.service();
  }

  /**
   * Returns room events that are already published while the follower is behind, so that a woken poll need not wait for
   * it; null if there are none, if anybody joined or left, or if more than the window is needed. Does no I/O.
   */
  private @Nullable EventBatch ofBacklog(Poll<StreamOptions, EventBatch> poll) {
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
    LookRequest look = new LookRequest(
        poll.reader(), after.room(), upTo, limit(poll), poll.request().form());
    return poll.room()
        .map(room -> dueEvents.inRoom(look, room, false))
        .orElseGet(() -> dueEvents.find(look, false))
        .filter(RoomPart::isShown)
        .filter(part -> JoinsAndLeaves.of(part, poll.reader().user()).isNone())
        .map(part -> found(poll, after, after.withRoom(part.through()), part.at(clock.instant())))
        .orElse(null);
  }

  private int limit(Poll<StreamOptions, EventBatch> poll) {
    return Math.min(poll.request().limit().orElse(batchLimit), batchLimit);
  }

  /** Returns whether a look probably needs no store read. */
  private boolean isInMemory(Poll<StreamOptions, EventBatch> poll) {
    StreamToken after = poll.after();
    return poll.reader().isLoaded()
        && isPreferenceFresh(poll)
        && !followers.isBehind()
        && dueEvents.isInWindow(after.room())
        && !followers.isExpired(after)
        && !after.isAheadOf(followers.published());
  }

  /** Returns whether the user's settings are fresh, or are not needed. */
  private boolean isPreferenceFresh(Poll<StreamOptions, EventBatch> poll) {
    return poll.isOfService() || settings.areFresh(poll.reader(), poll.hasLooked());
  }

  /** Reads from the stores what a look needs. */
  private void prepare(Poll<StreamOptions, EventBatch> poll) {
    Reader reader = poll.reader();
    if (!poll.isOfService()) {
      settings.read(reader, poll.hasLooked());
    }
    followers.catchUp();
    if (!poll.hasLooked()) {
      followers.check(reader.user(), poll.after());
    }
    if (!poll.isOfService()) {
      roster.load(reader);
    }
  }

  private @Nullable EventBatch find(Poll<StreamOptions, EventBatch> poll, boolean mayBlock) {
    StreamToken after = poll.after();
    Optional<StreamToken> now = end(poll, mayBlock);
    if (now.isEmpty()) {
      return null;
    }
    StreamToken end = now.get().max(after);
    LookRequest look = new LookRequest(
        poll.reader(), after.room(), end.room(), limit(poll), poll.request().form());
    TokenRange range = new TokenRange(after, end);
    Look made = new Look(poll, look, range, mayBlock);
    Optional<RoomId> one = poll.room();
    if (one.isPresent()) {
      return peek(made, one.get());
    }
    Optional<AppService> service = poll.service();
    if (service.isPresent()) {
      ServiceLooks.Answered answered = serviceLooks.look(service.get(), look, range);
      return found(poll, after, answered.end(), answered.chunk());
    }
    Optional<RoomPart> found = dueEvents.find(look, mayBlock);
    if (found.isEmpty()) {
      return null;
    }
    TokenRange reached = range.upTo(found.get());
    return batch(
        made,
        found.get(),
        joinsAndLeaves -> ephemerals.scopeOf(poll.reader(), reached, joinsAndLeaves, mayBlock));
  }

  /**
   * One look.
   *
   * @param poll whose look it is
   * @param request the room events to select
   * @param range the tokens after which the look begins, and up to which it goes
   * @param mayBlock whether a store may be read
   */
  private record Look(
      Poll<StreamOptions, EventBatch> poll,
      LookRequest request,
      TokenRange range,
      boolean mayBlock) {}

  private @Nullable EventBatch peek(Look look, RoomId room) {
    Poll<StreamOptions, EventBatch> poll = look.poll();
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
    TokenRange reached = look.range().upTo(part);
    if (!readable && reached.end().equals(end)) {
      if (!part.isShown()) {
        throw EngineErrors.roomNotReadable(room);
      }
      return found(poll, after, end, part.at(clock.instant()));
    }
    return batch(
        look,
        part,
        joinsAndLeaves -> dueEvents
            .isReadable(poll.reader(), room, reached.end().room(), mayBlock)
            .map(open -> {
              AnswerScope scope = AnswerScope.ofRoom(poll.reader(), room, reached, joinsAndLeaves);
              return open ? scope : scope.withoutRooms();
            }));
  }

  /**
   * Returns a batch of the room events, and all other entries up to where these come; null if a store must be read and
   * the look may not.
   *
   * @param scope returns the scope of the other entries; empty if a store must be read and may not
   */
  private @Nullable EventBatch batch(
      Look look, RoomPart part, Function<JoinsAndLeaves, Optional<AnswerScope>> scope) {
    Poll<StreamOptions, EventBatch> poll = look.poll();
    TokenRange reached = look.range().upTo(part);
    JoinsAndLeaves joinsAndLeaves = JoinsAndLeaves.of(part, poll.reader().user());
    Instant now = clock.instant();
    Optional<List<ClientEvent>> chunk = EphemeralEntries.isNothingNew(reached, joinsAndLeaves)
        ? Optional.of(part.at(now))
        : scope
            .apply(joinsAndLeaves)
            .flatMap(some -> ephemerals.chunk(part, some, now, look.mayBlock()));
    return chunk.map(all -> found(poll, reached.after(), reached.end(), all)).orElse(null);
  }

  /**
   * Returns the token at which a look ends: for the first look what is published, for later ones what polls were woken
   * for. Empty if the rooms must be followed further and {@code mayBlock} is false.
   */
  private Optional<StreamToken> end(Poll<StreamOptions, EventBatch> poll, boolean mayBlock) {
    StreamToken end = poll.hasLooked() ? followers.woken() : followers.published();
    return mayBlock
        ? Optional.of(followers.withCurrentRoom(end))
        : followers.withCurrentRoomInMemory(end);
  }

  /** Records a look between two tokens, and returns its result as a batch. */
  private static EventBatch found(
      Poll<StreamOptions, EventBatch> poll,
      StreamToken after,
      StreamToken end,
      List<ClientEvent> chunk) {
    poll.looked(after, end, !chunk.isEmpty());
    return batch(poll, end, chunk);
  }

  private static EventBatch batch(
      Poll<StreamOptions, EventBatch> poll, StreamToken end, List<ClientEvent> chunk) {
    StreamToken start = poll.start();
    return new EventBatch(start, end.max(start), chunk);
  }

  private static boolean isPresence(ClientEvent entry) {
    return entry.type().equals(PRESENCE) && entry.id().isEmpty() && entry.room().isEmpty();
  }
}
