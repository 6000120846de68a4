package io.github.matrixsync.races;

import io.github.matrixsync.event.EventId;
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
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.Timelines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** An event store with only the reads that the follower and the roster need. Thread-safe. */
public final class HandLog implements EventStore {
  private final List<StoredEvent> events; // guarded by this
  private final List<Runnable> listeners = new ArrayList<>(); // guarded by this
  private volatile long watermark;

  /** Creates a log with events at the positions from 1 on. */
  public HandLog(StoredEvent... events) {
    this.events = new ArrayList<>(List.of(events));
    this.watermark = events.length;
  }

  /** Appends an event and calls the listeners on this thread. */
  public void append(LongFunction<StoredEvent> eventAt) {
    List<Runnable> told;
    synchronized (this) {
      long position = watermark + 1;
      events.add(eventAt.apply(position));
      watermark = position;
      told = new ArrayList<>(listeners);
    }
    told.forEach(Runnable::run);
  }

  @Override
  public long retainedAfter() {
    return 0;
  }

  @Override
  public long watermark() {
    return watermark;
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
  public synchronized Registration onAdvance(Runnable listener) {
    listeners.add(listener);
    return () -> {};
  }

  @Override
  public synchronized LogPage log(Interest interest, long after, long upTo, int limit) {
    List<StoredEvent> page = new ArrayList<>();
    for (StoredEvent event : events) {
      if (event.position() > after && event.position() <= upTo) {
        page.add(asOfNow(event));
      }
    }
    return new LogPage(page, upTo);
  }

  @Override
  public synchronized Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    Map<EventId, StoredEvent> found = new HashMap<>();
    for (StoredEvent event : events) {
      if (ids.contains(event.event().id())) {
        found.put(event.event().id(), asOfNow(event));
      }
    }
    return found;
  }

  @Override
  public synchronized Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    Map<RoomId, MemberChange> latest = new HashMap<>();
    for (StoredEvent event : events) {
      for (StateChange change : event.changes()) {
        if (change instanceof MemberChange member
            && member.user().equals(user)
            && member.position() <= upTo) {
          latest.put(event.event().room(), member);
        }
      }
    }
    return latest;
  }

  private StoredEvent asOfNow(StoredEvent event) {
    for (StoredEvent other : events) {
      if (other.event().redacts().filter(event.event().id()::equals).isPresent()) {
        return event.withRedaction(Optional.of(new Redaction(other.event(), false)));
      }
    }
    return event;
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    throw new UnsupportedOperationException("state");
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    throw new UnsupportedOperationException("joined members");
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    throw new UnsupportedOperationException("timelines");
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    throw new UnsupportedOperationException("latest events");
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    throw new UnsupportedOperationException("history");
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    throw new UnsupportedOperationException("a point of history");
  }
}
