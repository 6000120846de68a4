package io.github.matrixsync.examples.ownstore;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The reads of the store contract over the host's own tables, and no more than that: this host has no outliers and no
 * backfill, and every state event sets its own entry. Every read iterates over all rows; a host with a database uses
 * its indexes instead. Thread-safe.
 */
public final class HostEventStore implements EventStore {
  private final HostTables tables;

  /** Creates a store that reads {@code tables}. */
  public HostEventStore(HostTables tables) {
    this.tables = tables;
  }

  @Override
  public long watermark() {
    return tables.rowCount();
  }

  @Override
  public long backfilledTo() {
    return 0;
  }

  @Override
  public Backfill backfill(long after, long upTo) {
    return new Backfill(Set.of(), Set.of());
  }

  @Override
  public long retainedAfter() {
    return 0;
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    // A separate trigger for each registration, so that closing one leaves the others.
    Runnable trigger = new Runnable() {
      @Override
      public void run() {
        listener.run();
      }
    };
    tables.triggers().add(trigger);
    return () -> tables.triggers().remove(trigger);
  }

  /**
   * Returns all events whatever the interest: a store may return more than it is asked for, and the engine selects what
   * is due.
   */
  @Override
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    List<StoredEvent> page = read(upTo).stream()
        .filter(event -> event.position() > after)
        .limit(limit)
        .toList();
    return new LogPage(page, page.size() < limit ? upTo : page.get(limit - 1).position());
  }

  @Override
  public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    return read(watermark()).stream()
        .filter(event -> ids.contains(event.event().id()))
        .collect(Collectors.toUnmodifiableMap(event -> event.event().id(), event -> event));
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    Map<RoomId, List<StoredEvent>> answer = new HashMap<>();
    upTo.forEach((room, position) -> {
      Map<List<String>, StoredEvent> entries = new HashMap<>();
      for (StoredEvent event : read(position)) {
        if (event.event().room().equals(room) && event.event().isState()) {
          String key = event.event().stateKey().orElseThrow();
          entries.put(List.of(event.event().type(), key), event);
        }
      }
      answer.put(room, List.copyOf(entries.values()));
    });
    return Map.copyOf(answer);
  }

  @Override
  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    Map<RoomId, MemberChange> latest = new HashMap<>();
    for (StoredEvent event : read(upTo)) {
      for (MemberChange change : changes(event, MemberChange.class)) {
        if (change.user().equals(user)) {
          latest.put(event.event().room(), change);
        }
      }
    }
    return Map.copyOf(latest);
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    Map<RoomId, Set<UserId>> joined = new HashMap<>();
    for (RoomId room : rooms) {
      Set<UserId> members = new HashSet<>();
      for (StoredEvent event : inRoom(room, upTo)) {
        for (MemberChange change : changes(event, MemberChange.class)) {
          boolean unused = change.after() == Membership.JOIN
              ? members.add(change.user())
              : members.remove(change.user());
        }
      }
      joined.put(room, Set.copyOf(members));
    }
    return Map.copyOf(joined);
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    Map<RoomId, Timelines> timelines = new HashMap<>();
    for (RoomId room : rooms) {
      List<MemberChange> members = new ArrayList<>();
      List<VisibilityChange> visibility = new ArrayList<>();
      for (StoredEvent event : inRoom(room, upTo)) {
        members.addAll(changes(event, MemberChange.class));
        visibility.addAll(changes(event, VisibilityChange.class));
      }
      members.removeIf(change -> !change.user().equals(viewer));
      timelines.put(room, new Timelines(members, visibility));
    }
    return Map.copyOf(timelines);
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    Map<RoomId, List<StoredEvent>> latest = new HashMap<>();
    visible.forEach((room, ranges) -> {
      HistorySlice all = new HistorySlice(room, ranges, HistoryPoint.START, HistoryPoint.END);
      List<StoredEvent> newest = new ArrayList<>(history(all, Direction.BACKWARD, limit));
      Collections.reverse(newest);
      latest.put(room, List.copyOf(newest));
    });
    return Map.copyOf(latest);
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    Predicate<StoredEvent> inSlice = event -> event.point().compareTo(slice.after()) > 0
        && event.point().compareTo(slice.upTo()) <= 0
        && slice.visible().includes(event);
    Comparator<StoredEvent> byPoint = Comparator.comparing(StoredEvent::point);
    return inRoom(slice.room(), watermark()).stream()
        .filter(inSlice)
        .sorted(direction == Direction.FORWARD ? byPoint : byPoint.reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    return inRoom(room, position).stream()
        .map(StoredEvent::point)
        .max(Comparator.naturalOrder())
        .orElse(HistoryPoint.START);
  }

  private List<StoredEvent> inRoom(RoomId room, long upTo) {
    return read(upTo).stream()
        .filter(event -> event.event().room().equals(room))
        .toList();
  }

  private List<StoredEvent> read(long upTo) {
    RowReader reader = new RowReader();
    tables.rowsUpTo(watermark()).forEach(reader::add);
    return reader.events().subList(0, (int) upTo);
  }

  private static <C extends StateChange> List<C> changes(StoredEvent event, Class<C> kind) {
    return event.changes().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
