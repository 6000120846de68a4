package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.delivery.PersonalUnsigned;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.ephemeral.SyncEntries;
import io.github.matrixsync.internal.ephemeral.SyncScope;
import io.github.matrixsync.internal.ephemeral.TokenRange;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.room.ReadNeededException;
import io.github.matrixsync.internal.room.RoomParts;
import io.github.matrixsync.internal.room.RoomScope;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.operation.SyncSettings;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.sync.DeviceLists;
import io.github.matrixsync.sync.JoinedRoom;
import io.github.matrixsync.sync.LeftRoom;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.sync.SyncRooms;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the answers of {@code /sync}: rooms by section, each with its part, and what the other streams have for them.
 * An answer is never cut: it covers everything up to its end. Thread-safe.
 */
public final class SyncAnswers {
  private static final int LIMIT = 10;
  private static final long TOLD_BYTES = 16L << 20;

  private final EventStore events;
  private final RoomSections sections;
  private final RoomParts parts;
  private final MembershipEnds ends;
  private final StrippedStates stripped;
  private final EphemeralEntries ephemerals;
  private final ToldMembers told;
  private final DeviceInbox inbox;
  private final DeviceListAnswers deviceLists;
  private final RoomAdditions additions;
  private final CountChanges counts;
  private final int maxLimit;

  // More than five parameters: one for each part of the engine that answers are made from; called
  // by SyncEngine only.
  public SyncAnswers(
      EngineContext context,
      Window window,
      EventGate gate,
      PersonalUnsigned unsigned,
      Caches caches,
      EphemeralEntries ephemerals,
      StreamFollowers followers,
      CountChanges counts,
      SyncSettings settings) {
    events = context.stores().events();
    this.ephemerals = ephemerals;
    EventCache single = caches.events();
    sections = new RoomSections(
        window,
        gate,
        caches.userRooms(),
        single,
        context.stores().settings(),
        settings.removedRooms());
    parts = new RoomParts(
        gate, caches, context.stores().roles().gaps().orElse(null), settings.examinedEvents());
    maxLimit = settings.timelineLimit();
    ends = new MembershipEnds(single, gate);
    stripped = new StrippedStates(single);
    told = new ToldMembers(TOLD_BYTES);
    inbox = new DeviceInbox(followers);
    deviceLists = new DeviceListAnswers(context.stores(), ephemerals);
    additions = new RoomAdditions(context.stores().roles(), unsigned);
    this.counts = counts;
  }

  /** Returns the messages to the device that asks. */
  DeviceInbox inbox() {
    return inbox;
  }

  /**
   * What is new in a range, still without unread counts, transaction ids and relations.
   *
   * @param answer the answer, to which {@link #complete} adds these
   * @param viewer the viewer, with the position up to which the answer goes
   */
  record Increment(SyncResponse answer, ViewerContext viewer) {}

  /** Returns whether a store must be read to complete an increment. Does no I/O. */
  boolean mustRead(Increment increment) {
    return additions.mustRead(increment.answer().rooms(), increment.viewer());
  }

  /** Adds unread counts, transaction ids and relations to an increment. May block. */
  SyncResponse complete(Increment increment) {
    return complete(increment.answer(), increment.viewer());
  }

  private SyncResponse complete(SyncResponse answer, ViewerContext viewer) {
    SyncRooms whole = additions.add(answer.rooms(), viewer);
    return answer.withRooms(WantedFields.of(viewer.filter().eventFields(), whole));
  }

  /**
   * Returns what is new in a range; empty if a store must be read for it and {@code mayBlock} is false.
   *
   * @param since the token of the request, from which follows which members the client already has
   * @param range the range: it begins at {@code since} or at the end of an earlier look that found nothing
   */
  Optional<Increment> increment(
      Reader reader, ViewerContext viewer, StreamToken since, TokenRange range, boolean mayBlock) {
    StoreReads reads = new StoreReads(events, mayBlock);
    try {
      DeviceInbox.Pending messages = inbox.read(viewer, range.after(), reads);
      Answer answer = new Answer(reader, viewer.endingAt(messages.end()), since, range, reads);
      RoomSections.Found found =
          sections.since(reader, answer.viewer, range.after().room(), reads);
      SyncScope scope = answer.scope(answer.joinsAndLeaves(found.entered()), false);
      return Optional.of(new Increment(
          answer.make(found, scope, messages.events(), deviceLists.since(scope, reads)),
          answer.viewer));
    } catch (ReadNeededException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns everything there is. May block.
   *
   * @param since the token of a request for the full state; null if the request has no token
   * @param isAnew whether the client shows a token that counts for nothing
   * @param counter gets the number of bytes read; an exception it throws ends the reading
   */
  SyncResponse whole(
      Reader reader,
      ViewerContext viewer,
      @Nullable StreamToken since,
      boolean isAnew,
      LongConsumer counter) {
    StoreReads reads = new StoreReads(events, counter);
    StreamToken nothing = StreamToken.of(new long[viewer.end().size()]);
    TokenRange range = new TokenRange(nothing, viewer.end());
    DeviceInbox.Pending messages = inbox.read(viewer, since == null ? nothing : since, reads);
    Answer answer = new Answer(reader, viewer.endingAt(messages.end()), null, range, reads);
    RoomSections.Found found = sections.whole(answer.viewer, since == null ? null : since.room());
    SyncScope scope = answer.scope(JoinsAndLeaves.NONE, since != null);
    Optional<DeviceLists> lists = Optional.empty();
    if (since != null) {
      TokenRange increment = new TokenRange(since, viewer.end());
      Answer news = new Answer(reader, answer.viewer, since, increment, reads);
      lists = deviceLists.since(news.scope(news.joinsAndLeaves(found.entered()), false), reads);
    } else if (isAnew) {
      lists = deviceLists.everybody(scope);
    }
    return complete(answer.make(found, scope, messages.events(), lists), answer.viewer);
  }

  /** One answer while it is made. Confined to one thread. */
  private final class Answer {
    private final Reader reader;
    private final ViewerContext viewer;
    private final @Nullable StreamToken since;
    private final TokenRange range;
    private final StoreReads reads;
    private final Set<RoomId> joined;

    /**
     * Begins an answer.
     *
     * @param since the token of a request for an increment; null for a complete answer
     */
    Answer(
        Reader reader,
        ViewerContext viewer,
        @Nullable StreamToken since,
        TokenRange range,
        StoreReads reads) {
      this.reader = reader;
      this.viewer = viewer;
      this.since = since;
      this.range = new TokenRange(range.after(), viewer.end());
      this.reads = reads;
      joined = read(ephemerals.joinedRooms(reader, viewer.end().room(), reads.mayBlock()));
    }

    /** Returns the joins and leaves, and with these rooms that the viewer entered. */
    JoinsAndLeaves joinsAndLeaves(Set<RoomId> entered) {
      JoinsAndLeaves changes =
          read(ephemerals.joinsAndLeaves(reader, joined, range, reads.mayBlock()));
      Set<RoomId> all = new HashSet<>(changes.entered());
      all.addAll(entered);
      return changes.withEntered(all);
    }

    SyncScope scope(JoinsAndLeaves changes, boolean isAgain) {
      return new SyncScope(reader, joined, range, changes, viewer.filter(), isAgain);
    }

    SyncResponse make(
        RoomSections.Found found,
        SyncScope scope,
        Optional<List<ClientEvent>> toDevice,
        Optional<DeviceLists> devices) {
      ToldMembers.Known known =
          since == null || !viewer.isLazy() ? ToldMembers.Known.NOBODY : told.at(viewer, since);
      RoomParts.Told tells =
          parts.tell(found.scopes(), viewer, timelineLimit(viewer), known::has, reads);
      SyncEntries entries = read(ephemerals.forSync(scope, viewer.now(), reads.mayBlock()));
      SyncRooms rooms = rooms(found, tells, entries, this);
      if (viewer.isLazy()) {
        told.remember(viewer, known, viewer.end(), tells.members(), found.entered());
      }
      return new SyncResponse(
          viewer.end(),
          viewer.stateMode(),
          rooms,
          entries.presence(),
          entries.accountData(),
          toDevice,
          devices,
          Optional.empty());
    }

    /** Returns the joined rooms whose counts changed, if the token advances. */
    private Set<RoomId> counted() {
      return since != null && range.end().isAheadOf(range.after())
          ? counts.since(viewer.user(), range.after())
          : Set.of();
    }

    private static <T> T read(Optional<T> known) {
      return known.orElseThrow(() -> ReadNeededException.INSTANCE);
    }
  }

  private int timelineLimit(ViewerContext viewer) {
    RoomEventFilter filter = viewer.filter().room().timeline();
    return Math.min(filter.limit().orElse(LIMIT), maxLimit);
  }

  private SyncRooms rooms(
      RoomSections.Found found, RoomParts.Told tells, SyncEntries entries, Answer answer) {
    Map<RoomId, JoinedRoom> join = new TreeMap<>();
    Map<RoomId, LeftRoom> leave = new TreeMap<>();
    Map<RoomId, RoomParts.Part> others = new HashMap<>(tells.byRoom());
    for (RoomScope scope : found.scopes()) {
      RoomParts.Part part = BatchAnswers.answer(others, scope.room());
      if (scope.isLeft()) {
        leave.put(
            scope.room(),
            new LeftRoom(
                part.state(),
                part.timeline(),
                entries.ofRooms().getOrDefault(scope.room(), List.of())));
      } else {
        JoinedRoom room = joinedRoom(part, entries);
        if (scope.allState() || !isEmpty(room)) {
          join.put(scope.room(), room);
        }
      }
    }
    addOthers(join, entries, answer);
    ViewerContext viewer = answer.viewer;
    StoreReads reads = answer.reads;
    leave.putAll(ends.read(found.ends(), viewer, timelineLimit(viewer), reads));
    return new SyncRooms(
        join,
        stripped.read(found.invited(), viewer, reads),
        stripped.read(found.knocked(), viewer, reads),
        leave);
  }

  /** Adds the joined rooms in which only another stream, or the counts, have something new. */
  private static void addOthers(Map<RoomId, JoinedRoom> join, SyncEntries entries, Answer answer) {
    Set<RoomId> rooms = new TreeSet<>(entries.ephemeral().keySet());
    rooms.addAll(entries.ofRooms().keySet());
    rooms.addAll(answer.counted());
    for (RoomId room : rooms) {
      boolean isWanted =
          answer.joined.contains(room) && answer.viewer.filter().room().includes(room);
      if (isWanted && !join.containsKey(room)) {
        join.put(room, joinedRoom(RoomParts.Part.nothing(room, answer.viewer.end()), entries));
      }
    }
  }

  private static JoinedRoom joinedRoom(RoomParts.Part part, SyncEntries entries) {
    List<ClientEvent> ephemeral = entries.ephemeral().getOrDefault(part.scope().room(), List.of());
    List<ClientEvent> data = entries.ofRooms().getOrDefault(part.scope().room(), List.of());
    return new JoinedRoom(
        part.state(), part.timeline(), part.summary(), ephemeral, data, Optional.empty());
  }

  private static boolean isEmpty(JoinedRoom room) {
    return room.timeline().events().isEmpty()
        && !room.timeline().limited()
        && room.state().isEmpty()
        && room.summary().isEmpty()
        && room.ephemeral().isEmpty()
        && room.accountData().isEmpty();
  }
}
