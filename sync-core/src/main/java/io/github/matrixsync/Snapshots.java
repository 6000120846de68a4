package io.github.matrixsync;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.RoomView;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.StoredEvent;
import io.github.matrixsync.store.UserSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes snapshots: first the place in the stream, then everything as of that place, in a number of store calls that does not depend on the number of rooms. All or an error. May block. Thread-safe.
 */
final class Snapshots {
  private final EventStore events;
  private final Following following;
  private final Ephemerals ephemerals;
  private final Gate gate;
  private final RoomReader rooms;
  private final RoomDirectory directory;
  private final UserSettings settings;
  private final InstantSource clock;

  Snapshots(SyncEngineBuilder given, Following following, Ephemerals ephemerals, Gate gate) {
    this.events = given.events;
    this.following = following;
    this.ephemerals = ephemerals;
    this.rooms = new RoomReader(given.events, gate);
    this.gate = gate;
    this.directory = given.directory == null ? Absent.DIRECTORY : given.directory;
    this.settings = given.settings == null ? Absent.SETTINGS : given.settings;
    this.clock = given.clock;
  }

  /**
   * Takes a user's snapshot.
   *
   * @throws LimitExceededException if too much is being taken already
   */
  InitialSync take(UserId user, int limit, SnapshotOptions options, Flights.Run run) {
    run.depart();
    StreamToken end = following.current();
    Map<RoomId, MemberChange> memberships = listed(user, end, options);
    Map<EventId, StoredEvent> own = ownEvents(memberships);
    Map<RoomId, RoomView> views = gate.views(user, memberships.keySet(), end.room());
    Map<RoomId, Long> extents = new TreeMap<>();
    views.forEach((room, view) -> {
      OptionalLong extent = RoomExtent.ofMember(view, end.room());
      extent.ifPresent(upTo -> extents.put(room, upTo));
    });
    Instant now = clock.instant();
    RoomReader.Contents contents = rooms.read(
        extents, views, new RoomReader.Frame(limit, end, now, options.form()), own.values());
    run.load(contents.bytes());
    Sources sources = new Sources(
        directory.published(memberships.keySet()),
        contents,
        ephemerals.accountData(user, end, now));
    List<RoomSnapshot> entries = new ArrayList<>();
    memberships.forEach((room, change) -> {
      StoredEvent mine = find(own, change, room);
      if (change.after() != Membership.INVITE || RoomReader.require(views, room).shows(mine)) {
        entries.add(entry(change.after(), mine, sources));
      }
    });
    entries.sort(Comparator.comparingInt(Snapshots::rank).thenComparing(RoomSnapshot::room));
    Set<RoomId> joined = joined(memberships);
    return new InitialSync(
        end,
        entries,
        ephemerals.presenceAround(user, joined, end, now),
        ephemerals.receipts(user, joined, end, now),
        sources.accountData().global());
  }

  /**
   * Takes a snapshot of one room.
   *
   * @throws RoomNotReadableException if the user may not read it
   * @throws LimitExceededException if too much is being taken already
   */
  RoomInitialSync takeRoom(RoomRequest request, Flights.Run run) {
    run.depart();
    StreamToken end = following.current();
    RoomId room = request.room();
    RoomView view = gate.viewUnlessForgotten(request.user(), room, end.room());
    long extent = RoomExtent.ofSnapshot(view, end.room())
        .orElseThrow(() -> new RoomNotReadableException(room));
    Optional<Membership> membership = RoomExtent.membership(view);
    boolean departed = membership.isPresent() && !view.joinedAt(end.room());
    Optional<StoredEvent> own = departed ? ownEvent(view, room) : Optional.empty();
    Instant now = clock.instant();
    RoomReader.Contents contents = rooms.read(
        Map.of(room, extent),
        Map.of(room, view),
        new RoomReader.Frame(request.limit(), end, now, request.form()),
        own.stream().toList());
    run.load(contents.bytes());
    RoomSnapshot snapshot = new RoomSnapshot(
        room,
        membership,
        directory.published(Set.of(room)).contains(room),
        Optional.empty(),
        Optional.empty(),
        Optional.of(contents.messages(room)),
        departed ? contents.state(room, request.user(), own) : contents.state(room),
        membership.flatMap(
            mine -> ephemerals.accountData(request.user(), end, now).of(room)));
    Set<RoomId> shown = departed ? Set.of() : Set.of(room);
    return new RoomInitialSync(
        snapshot,
        ephemerals.presenceIn(shown, end, now),
        ephemerals.receipts(request.user(), shown, end, now));
  }

  private Map<RoomId, MemberChange> listed(UserId user, StreamToken end, SnapshotOptions options) {
    Set<RoomId> forgotten = settings.forgotten(user);
    Map<RoomId, MemberChange> listed = new TreeMap<>();
    events.memberships(user, end.room()).forEach((room, change) -> {
      boolean shown = switch (change.after()) {
        case JOIN, INVITE -> true;
        case LEAVE, BAN -> options.leftRooms() == LeftRooms.LISTED && !forgotten.contains(room);
        case KNOCK -> false;
      };
      if (shown && change.event().isPresent()) {
        listed.put(room, change);
      }
    });
    return listed;
  }

  /** Reads the user's own member events, of all rooms that are not joined, in one call. */
  private Map<EventId, StoredEvent> ownEvents(Map<RoomId, MemberChange> memberships) {
    Set<EventId> ids = new HashSet<>();
    for (MemberChange change : memberships.values()) {
      change.event().ifPresent(ids::add);
    }
    return ids.isEmpty() ? Map.of() : events.events(ids);
  }

  /** Reads the member event of one who is out of a room; empty if the host took it away. */
  private Optional<StoredEvent> ownEvent(RoomView view, RoomId room) {
    return view.latestChange()
        .filter(change -> change.event().isPresent())
        .map(change -> find(ownEvents(Map.of(room, change)), change, room));
  }

  private static StoredEvent find(Map<EventId, StoredEvent> own, MemberChange change, RoomId room) {
    StoredEvent event = change.event().map(own::get).orElse(null);
    if (event == null) {
      throw StoreException.failed("no member event of the user in " + room, null);
    }
    return event;
  }

  /**
   * What was read for all rooms.
   *
   * @param published those that the public room list shows
   */
  private record Sources(
      Set<RoomId> published, RoomReader.Contents contents, Ephemerals.AccountData accountData) {}

  private static RoomSnapshot entry(Membership membership, StoredEvent own, Sources sources) {
    RoomId room = own.event().room();
    RoomReader.Contents contents = sources.contents();
    boolean invited = membership == Membership.INVITE;
    boolean shown = contents.holds(room) && !invited;
    return new RoomSnapshot(
        room,
        Optional.of(membership),
        sources.published().contains(room),
        invited ? Optional.of(own.event().sender()) : Optional.empty(),
        shown ? Optional.empty() : Optional.of(contents.show(own)),
        shown ? Optional.of(contents.messages(room)) : Optional.empty(),
        shown ? state(contents, membership, own) : List.of(),
        shown ? sources.accountData().of(room) : Optional.empty());
  }

  private static List<ClientEvent> state(
      RoomReader.Contents contents, Membership membership, StoredEvent own) {
    RoomId room = own.event().room();
    return membership == Membership.JOIN
        ? contents.state(room)
        : contents.state(room, own.event().subject().orElseThrow(), Optional.of(own));
  }

  private static int rank(RoomSnapshot entry) {
    if (entry.messages().isEmpty()) {
      return 2;
    }
    return entry.membership().equals(Optional.of(Membership.JOIN)) ? 0 : 1;
  }

  private static Set<RoomId> joined(Map<RoomId, MemberChange> memberships) {
    Set<RoomId> joined = new HashSet<>();
    memberships.forEach((room, change) -> {
      if (change.after() == Membership.JOIN) {
        joined.add(room);
      }
    });
    return joined;
  }
}
