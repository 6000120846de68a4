package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.LastChanges;
import io.github.matrixsync.internal.cache.UserRooms.UserRoom;
import io.github.matrixsync.internal.cache.UserRoomsCache;
import io.github.matrixsync.internal.cache.ViewedRoom;
import io.github.matrixsync.internal.concurrent.RequestCoalescer;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.error.EngineErrors;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.snapshot.RoomReader.Asked;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes snapshots: first the token, then everything as of that token, in a few store calls and some more for each page
 * of rooms. Bytes are counted before more is read. A snapshot is complete or fails. May block. Thread-safe.
 */
public final class Snapshots {
  private final StreamFollowers followers;
  private final EphemeralEntries ephemerals;
  private final EventGate gate;
  private final UserRoomsCache userRooms;
  private final RoomReader rooms;
  private final RoomDirectory directory;
  private final UserSettings settings;
  private final InstantSource clock;
  private final LastChanges changes;
  private final AtomicLong settingsChanges = new AtomicLong();

  public Snapshots(
      EngineContext context,
      StreamFollowers followers,
      EphemeralEntries ephemerals,
      EventGate gate,
      Caches caches) {
    this.followers = followers;
    this.ephemerals = ephemerals;
    this.rooms = new RoomReader(context.stores().events(), gate, caches);
    this.gate = gate;
    this.userRooms = caches.userRooms();
    this.changes = caches.changes();
    this.directory = context.stores().directory();
    this.settings = context.stores().settings();
    this.clock = context.clock();
  }

  /**
   * Takes a user's snapshot.
   *
   * @throws LimitExceededException if too much is being taken already
   */
  InitialSync take(UserId user, int limit, SnapshotOptions options, RequestCoalescer.Run run) {
    StreamToken end = place(run);
    Set<UserId> ignored = gate.ignored(user);
    ListedRooms listed = listed(user, rooms(user, end.room(), ignored), options);
    RoomReader.ReadContext context =
        new RoomReader.ReadContext(limit, end, clock.instant(), options.form(), ignored);
    RoomContents contents =
        rooms.read(listed.askedWhole(), listed.askedAlone(), context, run::reserve);
    run.seal();
    Sources sources =
        new Sources(contents, directory.published(listed.ids()), accountData(user, context, run));
    Set<RoomId> joined = listed.joinedIds();
    return new InitialSync(
        end,
        sources.entries(listed),
        counted(ephemerals.presenceAround(user, joined, end, context.now()), run),
        ephemerals.receipts(user, joined, end, context.now()).map(all -> counted(all, run)),
        sources.accountData().global());
  }

  /**
   * Takes a snapshot of one room.
   *
   * @throws RoomNotReadableException if the user may not read it
   * @throws LimitExceededException if too much is being taken already
   */
  RoomInitialSync takeRoom(RoomRequest request, RequestCoalescer.Run run) {
    StreamToken end = place(run);
    RoomId room = request.room();
    RoomView view = gate.viewUnlessForgotten(request.user(), room, end.room());
    long extent = RoomExtent.ofSnapshot(view, end.room())
        .orElseThrow(() -> EngineErrors.roomNotReadable(room));
    OptionalLong upTo = extent < end.room() ? OptionalLong.of(extent) : OptionalLong.empty();
    Optional<Membership> membership = RoomExtent.membership(view);
    boolean departed = membership.isPresent() && !view.joinedAt(end.room());
    RoomReader.ReadContext context = new RoomReader.ReadContext(
        request.limit(), end, clock.instant(), request.form(), gate.ignored(request.user()));
    ViewedRoom seen =
        ViewedRoom.once(request.user(), room, view, upTo, ownBackfill(request.user(), room));
    Optional<EventId> present =
        departed ? view.latestChange().flatMap(MemberChange::event) : Optional.empty();
    RoomContents contents =
        rooms.read(List.of(new Asked(seen, departed, present)), List.of(), context, run::reserve);
    run.seal();
    RoomSnapshot snapshot = new RoomSnapshot(
        room,
        membership,
        directory.published(Set.of(room)).contains(room),
        Optional.empty(),
        Optional.empty(),
        Optional.of(contents.messages(0)),
        contents.state(0),
        membership.flatMap(mine -> accountData(request.user(), context, run).of(room)));
    Set<RoomId> shown = departed ? Set.of() : Set.of(room);
    return new RoomInitialSync(
        snapshot,
        counted(ephemerals.presenceIn(shown, end, context.now()), run),
        ephemerals
            .receipts(request.user(), shown, end, context.now())
            .map(all -> counted(all, run)));
  }

  private EphemeralEntries.AccountData accountData(
      UserId user, RoomReader.ReadContext context, RequestCoalescer.Run run) {
    EphemeralEntries.AccountData all = ephemerals.accountData(user, context.end(), context.now());
    all.byRoom().values().forEach(entries -> counted(entries, run));
    return all;
  }

  /** Counts the bytes of these entries, and returns them. */
  private static List<ClientEvent> counted(List<ClientEvent> read, RequestCoalescer.Run run) {
    run.reserve(read.stream().mapToLong(ClientEvent::length).sum());
    return read;
  }

  /**
   * Returns the token as of which the snapshot is taken. An identical request may join the run while the stream still
   * ends there and no user has changed a setting; not once the room directory is read, because the directory does not
   * signal its changes.
   */
  private StreamToken place(RequestCoalescer.Run run) {
    run.seal();
    long settled = settingsChanges.get();
    LastChanges.Moment before = changes.now();
    StreamToken end = followers.current();
    run.shareWhile(() -> settingsChanges.get() == settled
        && changes.now().hasSameHistoryAs(before)
        && followers.watermark().equals(end));
    return end;
  }

  /** Stops sharing of running snapshots, because a user changed a setting. */
  public void settingsChanged() {
    settingsChanges.incrementAndGet();
  }

  private HistoryPoint ownBackfill(UserId user, RoomId room) {
    return userRooms.ownBackfill(user, List.of(room)).getOrDefault(room, HistoryPoint.START);
  }

  /** Returns a user's rooms. A room with an invitation from an ignored user is as it was before that invitation. */
  private List<UserRoom> rooms(UserId user, long now, Set<UserId> ignored) {
    List<UserRoom> all = userRooms.find(user, now).rooms().stream()
        .filter(room -> room.change().event().isPresent())
        .toList();
    Set<EventId> unwanted = gate.unwantedInvitations(
        user,
        ignored,
        all.stream().map(room -> room.viewed().view(now, ignored)).toList());
    if (unwanted.isEmpty()) {
      return all;
    }
    List<UserRoom> known = new ArrayList<>(all.size());
    for (UserRoom room : all) {
      room.viewed()
          .view(now, ignored)
          .withoutInvitations(unwanted)
          .latestChange()
          .filter(change -> change.event().isPresent())
          .ifPresent(change -> known.add(new UserRoom(change, room.upTo(), room.viewed())));
    }
    return known;
  }

  /** Returns those of a user's rooms that a snapshot lists. */
  private ListedRooms listed(UserId user, List<UserRoom> rooms, SnapshotOptions options) {
    Set<RoomId> forgotten = settings.forgotten(user);
    List<UserRoom> shown = new ArrayList<>();
    for (UserRoom room : rooms) {
      boolean isListed = switch (room.change().after()) {
        case JOIN, INVITE -> true;
        case LEAVE, BAN ->
          options.leftRooms() == LeftRooms.LISTED && !forgotten.contains(room.room());
        case KNOCK -> false;
      };
      if (isListed) {
        shown.add(room);
      }
    }
    return ListedRooms.of(shown);
  }

  /** The inputs from which the entries of a snapshot are made. */
  private record Sources(
      RoomContents contents, Set<RoomId> published, EphemeralEntries.AccountData accountData) {
    List<RoomSnapshot> entries(ListedRooms listed) {
      List<RoomSnapshot> entries = new ArrayList<>();
      for (UserRoom room : listed.whole()) {
        entries.add(whole(room, entries.size()));
      }
      for (UserRoom room : listed.others()) {
        StoredEvent own = contents.own(ListedRooms.askAlone(room));
        if (room.change().after() != Membership.INVITE || contents.isVisible(own)) {
          entries.add(alone(room, own));
        }
      }
      return entries;
    }

    private RoomSnapshot whole(UserRoom room, int number) {
      return new RoomSnapshot(
          room.room(),
          Optional.of(room.change().after()),
          published.contains(room.room()),
          Optional.empty(),
          Optional.empty(),
          Optional.of(contents.messages(number)),
          contents.state(number),
          accountData.of(room.room()));
    }

    private RoomSnapshot alone(UserRoom room, StoredEvent own) {
      boolean invited = room.change().after() == Membership.INVITE;
      return new RoomSnapshot(
          room.room(),
          Optional.of(room.change().after()),
          published.contains(room.room()),
          invited ? Optional.of(own.event().sender()) : Optional.empty(),
          contents.show(own),
          Optional.empty(),
          List.of(),
          Optional.empty());
    }
  }
}
