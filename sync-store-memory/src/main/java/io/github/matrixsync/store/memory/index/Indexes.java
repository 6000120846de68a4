package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.RoomMembers;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.ThreadSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All indexes of an event store: the log, the events by id, the rooms and the memberships. Guarded by the store's lock.
 */
public final class Indexes {
  /** The live events and outliers of all rooms in the order of arrival. */
  final PositionList<Entry> log = new PositionList<>(Entry::position);

  /** The backfill of all rooms in the order of arrival. */
  private final PositionList<Entry> backfill = new PositionList<>(entry -> -entry.position());

  public final Memberships memberships = new Memberships();
  final People people = new People();
  private final Map<EventId, Entry> byId = new HashMap<>();
  private final Map<EventId, Long> purged = new HashMap<>();
  private final Map<RoomId, Room> rooms = new HashMap<>();
  private long lastPosition;
  private long lastBackfill;

  public Indexes(long lastPosition) {
    this.lastPosition = lastPosition;
  }

  public long lastPosition() {
    return lastPosition;
  }

  public long lastBackfill() {
    return lastBackfill;
  }

  long nextPosition(EventKind kind) {
    return kind == EventKind.BACKFILL ? --lastBackfill : ++lastPosition;
  }

  public Optional<Room> room(RoomId id) {
    return Optional.ofNullable(rooms.get(id));
  }

  Room roomOrNew(RoomId id) {
    return rooms.computeIfAbsent(id, unused -> new Room());
  }

  /** Returns the entry of an event that was not purged; the live one if there are two. */
  public Optional<Entry> entry(EventId id) {
    return Optional.ofNullable(byId.get(id));
  }

  boolean isPurged(EventId id) {
    return purged.containsKey(id);
  }

  /**
   * Returns the position that this event already has if it is appended as {@code kind}; empty if it needs a new one
   * (rules A3, A4).
   */
  OptionalLong knownPosition(EventId id, EventKind kind) {
    Entry entry = byId.get(id);
    if (entry == null) {
      Long position = purged.get(id);
      return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }
    boolean becomesLive = entry.kind() == EventKind.OUTLIER && kind == EventKind.LIVE;
    return becomesLive ? OptionalLong.empty() : OptionalLong.of(entry.position());
  }

  void add(Entry entry) {
    Entry earlier = byId.put(entry.id(), entry);
    if (earlier != null) {
      entry.follow(earlier);
    }
    (entry.kind() == EventKind.BACKFILL ? backfill : log).add(entry);
    Room room = roomOrNew(entry.event().room());
    room.add(entry);
    for (StateChange change : entry.view().changes()) {
      add(room, entry, change);
    }
  }

  private void add(Room room, Entry entry, StateChange change) {
    if (entry.kind() == EventKind.LIVE) {
      room.state.add(change);
    }
    if (change instanceof MemberChange member) {
      room.members.add(member);
      memberships.add(entry.event().room(), member);
    }
  }

  /**
   * Returns the rooms and redacted events of the backfill at positions below {@code after} and down to {@code upTo}.
   */
  public Backfill backfill(long after, long upTo) {
    Set<RoomId> touched = new HashSet<>();
    Set<EventId> redacted = new HashSet<>();
    for (Entry entry : backfill.between(-after, -upTo)) {
      touched.add(entry.event().room());
      entry.event().redacts().ifPresent(redacted::add);
    }
    return new Backfill(touched, redacted);
  }

  /** Returns the events that are a room's state as of {@code upTo}. */
  public List<StoredEvent> state(RoomId id, long upTo) {
    List<StoredEvent> state = new ArrayList<>();
    for (EventId event : room(id).map(room -> room.state.asOf(upTo)).orElse(List.of())) {
      entry(event).map(Entry::view).ifPresent(state::add);
    }
    return List.copyOf(state);
  }

  public Timelines timelines(UserId viewer, RoomId id, long upTo) {
    return room(id)
        .map(room ->
            new Timelines(memberships.timeline(viewer, id, upTo), room.state.visibility(upTo)))
        .orElse(Timelines.EMPTY);
  }

  public Set<UserId> joinedMembers(RoomId id, long upTo) {
    return room(id)
        .map(room -> Collections.unmodifiableSet(room.members.joinedAsOf(upTo)))
        .orElse(Set.of());
  }

  public List<StoredEvent> latest(RoomId id, Ranges visible, int limit) {
    return room(id).map(room -> room.history.latest(id, visible, limit)).orElse(List.of());
  }

  public List<StoredEvent> newest(RoomId id, Ranges due, int limit) {
    return room(id).map(room -> room.history.newest(due, limit)).orElse(List.of());
  }

  public List<EntryChange> stateChanges(RoomId id, Range range) {
    return room(id).map(room -> room.state.changes(range)).orElse(List.of());
  }

  /** Returns a room's members by its state as of {@code upTo} (rule S4). */
  public RoomMembers members(RoomId id, long upTo, int heroes) {
    List<EventId> events = room(id).map(room -> room.state.members(upTo)).orElse(List.of());
    Map<Membership, List<UserId>> users = new EnumMap<>(Membership.class);
    List<UserId> gone = new ArrayList<>();
    events.stream()
        .flatMap(event -> entry(event).stream())
        .filter(entry -> entry.event().membership().isPresent())
        .sorted(Comparator.comparingLong(Entry::position))
        .forEach(entry -> {
          Membership membership = entry.event().membership().orElseThrow();
          UserId user = entry.event().subject().orElseThrow();
          users.computeIfAbsent(membership, key -> new ArrayList<>()).add(user);
          if (membership == Membership.LEAVE || membership == Membership.BAN) {
            gone.add(user);
          }
        });
    List<UserId> joined = users.getOrDefault(Membership.JOIN, List.of());
    List<UserId> invited = users.getOrDefault(Membership.INVITE, List.of());
    return new RoomMembers(
        joined.size(),
        invited.size(),
        first(joined, heroes),
        first(invited, heroes),
        first(gone, heroes));
  }

  private static List<UserId> first(List<UserId> users, int limit) {
    return users.subList(0, Math.min(limit, users.size()));
  }

  public Map<EventId, List<Child>> children(
      Collection<EventId> parents, String relType, int limit) {
    Map<EventId, List<Child>> found = new HashMap<>();
    known(parents)
        .forEach(parent -> room(parent.room()).ifPresent(room -> {
          List<Child> children = room.children.of(parent, relType, limit);
          if (!children.isEmpty()) {
            found.put(parent.id(), children);
          }
        }));
    return Map.copyOf(found);
  }

  public Map<EventId, ThreadSummary> threads(
      Collection<EventId> roots, UserId viewer, Set<UserId> ignored) {
    Map<EventId, ThreadSummary> found = new HashMap<>();
    known(roots)
        .forEach(root -> room(root.room())
            .flatMap(room -> room.children.thread(root, viewer, ignored))
            .ifPresent(thread -> found.put(root.id(), thread)));
    return Map.copyOf(found);
  }

  /** Returns the events among the given ones that can be read (rule RL5). */
  private Stream<RoomEvent> known(Collection<EventId> ids) {
    return ids.stream().flatMap(id -> entry(id).stream()).map(Entry::event);
  }

  /**
   * Drops the log up to {@code through}, and from the other indexes its events that never set a state entry or
   * membership.
   */
  public void purge(long through) {
    Map<RoomId, Set<Entry>> goneByRoom = new HashMap<>();
    List<Entry> dropped = log.upTo(through);
    for (Entry entry : dropped) {
      Set<Entry> gone = goneByRoom.computeIfAbsent(entry.event().room(), unused -> new HashSet<>());
      if (forget(entry)) {
        gone.add(entry);
      }
    }
    dropped.clear();
    goneByRoom.forEach((room, gone) -> roomOrNew(room).purge(through, gone));
  }

  /** Removes a dropped entry from the index by id. Returns whether it must be removed from its room's history. */
  private boolean forget(Entry entry) {
    Entry current = byId.get(entry.id());
    if (current != null && current != entry) {
      current.forgetOutlier();
      return false;
    }
    if (entry.isStateEntry()) {
      return false;
    }
    byId.remove(entry.id());
    if (entry.kind() == EventKind.OUTLIER) {
      return false;
    }
    purged.put(entry.id(), entry.position());
    return true;
  }
}
