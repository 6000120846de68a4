package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.ephemeral.SyncEntries;
import io.github.matrixsync.internal.ephemeral.SyncScope;
import io.github.matrixsync.internal.ephemeral.TokenRange;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.room.ReadNeededException;
import io.github.matrixsync.internal.room.RoomParts;
import io.github.matrixsync.internal.room.RoomScope;
import io.github.matrixsync.internal.room.Section;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.store.EventStore;
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
  private static final int MAX_LIMIT = 100;
  private static final long TOLD_BYTES = 16L << 20;

  private final EventStore events;
  private final RoomSections sections;
  private final RoomParts parts;
  private final MembershipEnds ends;
  private final StrippedStates stripped;
  private final EphemeralEntries ephemerals;
  private final ToldMembers told;

  public SyncAnswers(
      EngineContext context,
      Window window,
      EventGate gate,
      Caches caches,
      EphemeralEntries ephemerals) {
    events = context.stores().events();
    this.ephemerals = ephemerals;
    EventCache single = caches.events();
    sections = new RoomSections(
        window, gate, caches.userRooms(), single, context.stores().settings());
    parts = new RoomParts(gate, caches, context.stores().roles().gaps().orElse(null));
    ends = new MembershipEnds(single, gate);
    stripped = new StrippedStates(single);
    told = new ToldMembers(TOLD_BYTES);
  }

  /**
   * Returns what is new in a range; empty if a store must be read and {@code mayBlock} is false.
   *
   * @param since the token that the client shows, by which is known what it was told
   * @param range the range: it begins at {@code since} or at the end of an earlier look that found nothing
   */
  Optional<SyncResponse> increment(
      Reader reader, ViewerContext viewer, StreamToken since, TokenRange range, boolean mayBlock) {
    StoreReads reads = new StoreReads(events, mayBlock);
    try {
      RoomSections.Found found = sections.since(reader, viewer, range.after().room(), reads);
      return Optional.of(answer(found, reader, viewer, since, range, reads));
    } catch (ReadNeededException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns everything there is. May block.
   *
   * @param since the token that the client shows, if it asks for the full state; null if it has nothing
   * @param counter gets the number of bytes read; an exception it throws ends the reading
   */
  SyncResponse whole(
      Reader reader, ViewerContext viewer, @Nullable StreamToken since, LongConsumer counter) {
    StoreReads reads = new StoreReads(events, counter);
    RoomSections.Found found = sections.whole(viewer, since == null ? null : since.room());
    StreamToken nothing = StreamToken.of(new long[viewer.end().size()]);
    TokenRange range = new TokenRange(nothing, viewer.end());
    return answer(found, reader, viewer, null, range, reads);
  }

  // More than five parameters: what both kinds of answers have.
  private SyncResponse answer(
      RoomSections.Found found,
      Reader reader,
      ViewerContext viewer,
      @Nullable StreamToken since,
      TokenRange range,
      StoreReads reads) {
    ToldMembers.Known known =
        since == null || !viewer.isLazy() ? ToldMembers.Known.NOBODY : told.at(viewer, since);
    RoomParts.Told tells =
        parts.tell(found.scopes(), viewer, timelineLimit(viewer), known::has, reads);
    Set<RoomId> entered = found.entered();
    SyncScope scope = new SyncScope(
        reader,
        joined(reader, viewer, found, since == null, reads),
        range,
        JoinsAndLeaves.of(found.inWindow(), viewer.user()).withEntered(entered),
        viewer.filter());
    SyncEntries entries = ephemerals
        .forSync(scope, viewer.now(), reads.mayBlock())
        .orElseThrow(() -> ReadNeededException.INSTANCE);
    SyncRooms rooms = rooms(found, tells, entries, viewer, scope.joined(), reads);
    if (viewer.isLazy()) {
      told.remember(viewer, known, viewer.end(), tells.members(), entered);
    }
    return new SyncResponse(
        viewer.end(),
        viewer.stateMode(),
        rooms,
        entries.presence(),
        entries.accountData(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Set<RoomId> joined(
      Reader reader,
      ViewerContext viewer,
      RoomSections.Found found,
      boolean isWhole,
      StoreReads reads) {
    if (isWhole) {
      Set<RoomId> joined = new HashSet<>();
      found.scopes().stream()
          .filter(scope -> scope.section() == Section.JOIN)
          .forEach(scope -> joined.add(scope.room()));
      return joined;
    }
    return ephemerals
        .joinedRooms(reader, viewer.end().room(), reads.mayBlock())
        .orElseThrow(() -> ReadNeededException.INSTANCE);
  }

  private int timelineLimit(ViewerContext viewer) {
    RoomEventFilter filter = viewer.filter().room().timeline();
    return Math.min(filter.limit().orElse(LIMIT), MAX_LIMIT);
  }

  // More than five parameters: what all parts of the rooms are made of.
  private SyncRooms rooms(
      RoomSections.Found found,
      RoomParts.Told tells,
      SyncEntries entries,
      ViewerContext viewer,
      Set<RoomId> joined,
      StoreReads reads) {
    Map<RoomId, JoinedRoom> join = new TreeMap<>();
    Map<RoomId, LeftRoom> leave = new TreeMap<>();
    Map<RoomId, RoomParts.Part> others = new HashMap<>(tells.byRoom());
    for (RoomScope scope : found.scopes()) {
      RoomParts.Part part = others.get(scope.room());
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
    addOthers(join, entries, viewer, joined);
    leave.putAll(ends.read(found.ends(), viewer, timelineLimit(viewer), reads));
    return new SyncRooms(
        join,
        stripped.read(found.invited(), viewer, reads),
        stripped.read(found.knocked(), viewer, reads),
        leave);
  }

  /** Adds the joined rooms in which only another stream has something new. */
  private static void addOthers(
      Map<RoomId, JoinedRoom> join,
      SyncEntries entries,
      ViewerContext viewer,
      Set<RoomId> joined) {
    Set<RoomId> rooms = new TreeSet<>(entries.ephemeral().keySet());
    rooms.addAll(entries.ofRooms().keySet());
    rooms.retainAll(joined);
    for (RoomId room : rooms) {
      if (!join.containsKey(room) && viewer.filter().room().includes(room)) {
        join.put(room, joinedRoom(RoomParts.Part.nothing(room, viewer.end()), entries));
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
