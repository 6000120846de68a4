package io.github.matrixsync.world;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A store whose writers take positions in one order and commit later in another order. Correct: the watermark stays
 * below the lowest uncommitted position. Broken on request: the watermark is the highest committed position, so later
 * commits below it break the final prefix (rule P2). Backfill commits at once.
 */
public final class LateStore implements AppendableEventStore {
  private final MemoryEventStore all = MemoryEventStore.create();
  private final boolean finalPrefix;
  private final LongSupplier delayNanos;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final TreeSet<Long> open = new TreeSet<>(); // guarded by this
  private long highest; // guarded by this
  private volatile long watermark;

  public LateStore(boolean finalPrefix, LongSupplier delayNanos) {
    this.finalPrefix = finalPrefix;
    this.delayNanos = delayNanos;
  }

  @Override
  public List<Long> append(List<Append> batch) {
    List<Long> positions;
    synchronized (this) {
      positions = all.append(batch);
      if (positions.get(0) < 0) {
        return positions;
      }
      open.addAll(positions);
    }
    LockSupport.parkNanos(delayNanos.getAsLong());
    synchronized (this) {
      positions.forEach(open::remove);
      highest = Math.max(highest, positions.get(positions.size() - 1));
      watermark = !finalPrefix ? highest : open.isEmpty() ? all.watermark() : open.first() - 1;
      notifyAll();
      while (watermark < positions.get(positions.size() - 1)) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
    listeners.forEach(Runnable::run);
    return positions;
  }

  @Override
  public long retainedAfter() {
    return 0;
  }

  private synchronized boolean isCommitted(StoredEvent event) {
    return !open.contains(event.position());
  }

  @Override
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    LogPage page = all.log(interest, after, upTo, limit);
    return finalPrefix
        ? page
        : new LogPage(page.events().stream().filter(this::isCommitted).toList(), page.through());
  }

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Backfill backfill(long after, long upTo) {
    return all.backfill(after, upTo);
  }

  @Override
  public long backfilledTo() {
    return all.backfilledTo();
  }

  @Override
  public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    return all.events(ids);
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    return all.state(upTo);
  }

  @Override
  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    return all.memberships(user, upTo);
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    return all.joinedMembers(rooms, upTo);
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    return all.timelines(viewer, rooms, upTo);
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    return all.latest(visible, limit);
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    return all.history(slice, direction, limit);
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    return all.pointAt(room, position);
  }
}
