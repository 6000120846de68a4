package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.PurgeableEventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.Timelines;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The contract as plainly as it can be written, with every ability, for the kit to be tested on. Broken stores override
 * what they break. Thread-safe.
 */
public class ReferenceEventStore
    implements AppendableEventStore, PurgeableEventStore, AutoCloseable {
  public final ReferenceLog log;
  public final ReferenceListeners listeners = new ReferenceListeners();
  public volatile long watermark;
  public volatile long backfilledTo;
  public volatile long retainedAfter;
  public volatile boolean closed;
  public volatile boolean signals = true;

  @SuppressWarnings("this-escape") // what subclasses override reads fields of this class alone
  public ReferenceEventStore(ReferenceLog log) {
    this.log = log;
    synchronized (log) {
      log.instances.add(this);
      take();
    }
  }

  @Override
  public long watermark() {
    requireOpen();
    return watermark;
  }

  @Override
  public long refresh() {
    long before = watermark;
    long now = reading(() -> {
      take();
      return watermark;
    });
    if (now > before) {
      found();
    }
    return now;
  }

  /** A look found an advance. */
  public void found() {
    signal();
  }

  @Override
  public long retainedAfter() {
    requireOpen();
    return retainedAfter;
  }

  @Override
  public long backfilledTo() {
    requireOpen();
    return backfilledTo;
  }

  @Override
  public Backfill backfill(long after, long upTo) {
    return reading(() -> {
      Set<RoomId> rooms = new HashSet<>();
      Set<EventId> redacted = new HashSet<>();
      for (StoredEvent row : log.rows) {
        if (row.position() < after && row.position() >= upTo) {
          rooms.add(row.event().room());
          row.event().redacts().ifPresent(redacted::add);
        }
      }
      return new Backfill(rooms, redacted);
    });
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    requireOpen();
    return listeners.add(listener);
  }

  @Override
  public final List<Long> append(List<Append> batch) {
    return append(batch, Pause.next());
  }

  /** Appends a batch, and runs something as late as the store allows before it can be read. */
  public List<Long> append(List<Append> batch, Runnable beforeCommit) {
    List<Append> appends = List.copyOf(batch);
    List<Long> positions = store(appends, beforeCommit);
    List<ReferenceEventStore> instances;
    synchronized (log) {
      instances = reached();
      instances.forEach(ReferenceEventStore::take);
    }
    instances.forEach(ReferenceEventStore::signal);
    return positions;
  }

  /** Returns the instances that see at once what this one wrote. */
  public List<ReferenceEventStore> reached() {
    return log.instances.stream()
        .filter(instance -> instance == this || instance.signals)
        .toList();
  }

  public List<Long> store(List<Append> batch, Runnable beforeCommit) {
    beforeCommit.run();
    synchronized (log) {
      requireWorking(false);
      return log.append(batch);
    }
  }

  public void signal() {
    listeners.call();
  }

  /** Shows what is stored by now. Under the log's monitor. */
  public void take() {
    backfilledTo = log.lastBackfill;
    retainedAfter = log.retainedAfter;
    watermark = log.last;
  }

  @Override
  public void purge(long through) {
    synchronized (log) {
      requireWorking(true);
      log.purge(through);
      reached().forEach(ReferenceEventStore::take);
    }
  }

  @Override
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    return reading(() -> {
      if (after < log.retainedAfter) {
        throw new ExpiredPositionException(after, log.retainedAfter);
      }
      return page(interest, after, upTo, limit);
    });
  }

  public LogPage page(Interest interest, long after, long upTo, int limit) {
    List<StoredEvent> found = log.rows.stream()
        .filter(row -> row.kind() != EventKind.BACKFILL)
        .filter(row -> row.position() > after && row.position() <= upTo)
        .filter(row -> isOf(interest, row, after, upTo))
        .limit(limit + 1L)
        .map(log::view)
        .toList();
    return found.size() <= limit
        ? new LogPage(found, upTo)
        : new LogPage(found.subList(0, limit), found.get(limit).position() - 1);
  }

  public boolean isOf(Interest interest, StoredEvent row, long after, long upTo) {
    RoomId room = row.event().room();
    if (interest instanceof Interest.OfRoom ofRoom) {
      return room.equals(ofRoom.room());
    }
    if (interest instanceof Interest.OfUser ofUser) {
      UserId user = ofUser.user();
      return row.event().isAbout(user)
          || row.event().sender().equals(user)
          || log.memberChanges(user, room, after)
              .reduce((earlier, later) -> later)
              .filter(change -> change.after() == Membership.JOIN)
              .isPresent()
          || log.memberChanges(user, room, upTo)
              .filter(change -> change.position() > after)
              .anyMatch(change -> change.after() == Membership.JOIN);
    }
    return true;
  }

  @Override
  public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    return reading(() -> {
      Map<EventId, StoredEvent> found = new HashMap<>();
      for (EventId id : ids) {
        log.known(id).filter(log::isThere).map(log::view).ifPresent(row -> found.put(id, row));
      }
      return Map.copyOf(found);
    });
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    return reading(() -> {
      Map<RoomId, List<StoredEvent>> states = new HashMap<>();
      upTo.forEach((room, position) -> states.put(room, state(room, position)));
      return Map.copyOf(states);
    });
  }

  public List<StoredEvent> state(RoomId room, long upTo) {
    Map<List<String>, Optional<EventId>> entries = new LinkedHashMap<>();
    log.stateChanges(room, upTo).forEach(change -> entries.put(key(change), change.event()));
    return entries.values().stream()
        .flatMap(Optional::stream)
        .map(id -> log.view(log.known(id).orElseThrow()))
        .toList();
  }

  private static List<String> key(StateChange change) {
    return List.of(change.type(), change.stateKey());
  }

  @Override
  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    return reading(() -> {
      Map<RoomId, MemberChange> latest = new HashMap<>();
      log.rows.stream()
          .map(row -> row.event().room())
          .distinct()
          .forEach(room ->
              log.memberChanges(user, room, upTo).forEach(change -> latest.put(room, change)));
      return Map.copyOf(latest);
    });
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    return reading(() -> {
      Map<RoomId, Set<UserId>> joined = new HashMap<>();
      rooms.forEach(room -> joined.put(room, joined(room, upTo)));
      return Map.copyOf(joined);
    });
  }

  private Set<UserId> joined(RoomId room, long upTo) {
    Set<UserId> users = new HashSet<>();
    log.memberChanges(room, upTo).forEach(change -> {
      users.remove(change.user());
      if (change.after() == Membership.JOIN) {
        users.add(change.user());
      }
    });
    return Set.copyOf(users);
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    return reading(() -> {
      Map<RoomId, Timelines> timelines = new HashMap<>();
      rooms.forEach(room -> timelines.put(
          room,
          new Timelines(
              log.memberChanges(viewer, room, upTo).toList(),
              log.visibilityChanges(room, upTo).toList())));
      return Map.copyOf(timelines);
    });
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    return reading(() -> {
      Map<RoomId, List<StoredEvent>> latest = new HashMap<>();
      visible.forEach((room, ranges) -> {
        HistorySlice all = new HistorySlice(room, ranges, HistoryPoint.START, HistoryPoint.END);
        latest.put(
            room,
            history(all, Direction.BACKWARD, limit).stream().sorted(order()).toList());
      });
      return Map.copyOf(latest);
    });
  }

  public Comparator<StoredEvent> order() {
    return Comparator.comparing(StoredEvent::point);
  }

  public boolean includes(Ranges visible, StoredEvent row) {
    return visible.includes(row);
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    return reading(() -> log.of(slice.room())
        .filter(log::isThere)
        .filter(row -> includes(slice.visible(), row))
        .filter(row -> row.point().compareTo(slice.after()) > 0)
        .filter(row -> row.point().compareTo(slice.upTo()) <= 0)
        .sorted(direction == Direction.FORWARD ? order() : order().reversed())
        .limit(limit)
        .map(log::view)
        .toList());
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    return reading(() -> greatest(room, EventKind.LIVE, position)
        .or(() -> greatest(room, EventKind.BACKFILL, position))
        .orElse(HistoryPoint.START));
  }

  private Optional<HistoryPoint> greatest(RoomId room, EventKind kind, long upTo) {
    return greatest(log.of(room)
        .filter(log::isThere)
        .filter(row -> row.kind() == kind && row.position() <= upTo)
        .map(StoredEvent::point));
  }

  public Optional<HistoryPoint> greatest(Stream<HistoryPoint> points) {
    return points.max(Comparator.naturalOrder());
  }

  @Override
  public void close() {
    closed = true;
    synchronized (log) {
      log.instances.remove(this);
    }
  }

  public <R> R reading(Supplier<R> read) {
    synchronized (log) {
      requireWorking(true);
      return read.get();
    }
  }

  public void requireWorking(boolean outcomeKnown) {
    requireOpen();
    if (log.failing) {
      throw outcomeKnown
          ? StoreException.failed("the storage failed", null)
          : StoreException.outcomeUnknown("the storage failed", null);
    }
  }

  public void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }
}
