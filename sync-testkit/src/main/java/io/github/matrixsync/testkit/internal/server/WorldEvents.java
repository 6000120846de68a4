package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.RoomMembers;
import io.github.matrixsync.store.state.Timelines;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The events of a world, as the engine reads them: from a memory store, with the faults that a test asks for.
 * Thread-safe.
 */
public final class WorldEvents implements AppendableEventStore {
  private final MemoryEventStore events;
  private final @Nullable WorldEvents faulty;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final TreeSet<Long> uncommitted = new TreeSet<>(); // guarded by this
  private boolean commitsLate; // guarded by this
  private int signalsToLose; // guarded by this
  private boolean isSilent; // guarded by this
  private int failures; // guarded by this
  private volatile long forgotten;

  public WorldEvents(MemoryEventStore events) {
    this.events = events;
    faulty = null;
    events.onAdvance(this::signal);
  }

  private WorldEvents(WorldEvents faulty) {
    events = faulty.events;
    this.faulty = faulty;
  }

  /** Returns the same events for reading, of which no read fails. They give no signals. */
  WorldEvents withoutFailures() {
    return new WorldEvents(this);
  }

  /** Drops one more of the next signals to the listeners. */
  public synchronized void loseNextSignal() {
    signalsToLose++;
  }

  /** Makes the next reads fail. */
  public synchronized void failNext(int times) {
    failures = times;
  }

  /** Sets whether events that are appended from now on can be read only after {@link #commit}. */
  public synchronized void commitLate(boolean late) {
    commitsLate = late;
  }

  /** Returns the positions that are not committed. */
  public synchronized Set<Long> uncommitted() {
    return new TreeSet<>(uncommitted);
  }

  /** Makes positions readable, once all lower ones are. */
  public void commit(Set<Long> positions) {
    synchronized (this) {
      uncommitted.removeAll(positions);
    }
    signal();
  }

  /**
   * Returns a position for {@link #forget} that all tokens of now are before. To this end, an event that nobody sees
   * takes it, without a signal. While there are uncommitted events, nobody could be at that position, so it is the
   * newest one that can be read; tokens at it stay valid.
   */
  long next(RoomEvent unseen) {
    synchronized (this) {
      isSilent = true;
    }
    try {
      return Math.min(events.append(List.of(Append.outlier(unseen))).get(0), watermark());
    } finally {
      synchronized (this) {
        isSilent = false;
      }
    }
  }

  /** Expires all tokens before a position. */
  void forget(long position) {
    forgotten = position;
  }

  private void signal() {
    synchronized (this) {
      if (isSilent) {
        return;
      }
      if (signalsToLose > 0) {
        signalsToLose--;
        return;
      }
    }
    listeners.forEach(Runnable::run);
  }

  private MemoryEventStore reading() {
    synchronized (this) {
      if (failures > 0) {
        failures--;
        throw StoreException.failed("the test made this read fail", null);
      }
    }
    return events;
  }

  @Override
  public List<Long> append(List<Append> batch) {
    synchronized (this) {
      if (commitsLate) {
        // Marked before they are appended, so that the signal of the append finds them uncommitted.
        long next = events.watermark() + 1;
        for (int i = 0; i < batch.size(); i++) {
          uncommitted.add(next + i);
        }
      }
    }
    return events.append(batch);
  }

  @Override
  public synchronized long watermark() {
    if (faulty != null) {
      return faulty.watermark();
    }
    return uncommitted.isEmpty() ? events.watermark() : uncommitted.first() - 1;
  }

  @Override
  public long retainedAfter() {
    if (faulty != null) {
      return faulty.retainedAfter();
    }
    return Math.max(forgotten, events.retainedAfter());
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    long retained = retainedAfter();
    if (after < retained) {
      throw new ExpiredPositionException(after, retained);
    }
    return reading().log(interest, after, upTo, limit);
  }

  @Override
  public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    Map<EventId, StoredEvent> found = new HashMap<>(reading().events(ids));
    long readable = watermark();
    found.values().removeIf(event -> event.position() > readable);
    return found;
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    return reading().state(upTo);
  }

  @Override
  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    return reading().memberships(user, upTo);
  }

  @Override
  public Map<UserId, Map<RoomId, MemberChange>> memberships(Collection<UserId> users, long upTo) {
    return reading().memberships(users, upTo);
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    return reading().joinedMembers(rooms, upTo);
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    return reading().timelines(viewer, rooms, upTo);
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    return reading().latest(visible, limit);
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    return reading().history(slice, direction, limit);
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    return reading().pointAt(room, position);
  }

  @Override
  public Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit) {
    return reading().newest(due, limit);
  }

  @Override
  public Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
    return reading().stateChanges(intervals);
  }

  @Override
  public Map<RoomId, RoomMembers> members(Collection<RoomId> rooms, long upTo, int heroes) {
    return reading().members(rooms, upTo, heroes);
  }

  @Override
  public long backfilledTo() {
    return events.backfilledTo();
  }

  @Override
  public Backfill backfill(long after, long upTo) {
    return reading().backfill(after, upTo);
  }
}
