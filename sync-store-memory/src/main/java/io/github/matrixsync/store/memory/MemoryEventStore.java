package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.PurgeableEventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.memory.change.Listeners;
import io.github.matrixsync.store.memory.index.Batch;
import io.github.matrixsync.store.memory.index.Indexes;
import io.github.matrixsync.store.memory.index.LogReader;
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
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.ThreadSummary;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The room events on the heap: exact for every position of the past, complete until purged, gone with the process.
 * Appending costs O(log n) an event, reading O(log n) and the result.
 *
 * <p>The indexes after {@code create} (1), {@code join} of Alice (2), a message (3), an {@code invite} of Bob (4), his
 * {@code join} (5), an outlier invite of Alice to another room (6) and one backfilled message (-1):
 *
 * <pre>{@code
 * log            1 create | 2 join | 3 message | 4 invite | 5 join | 6 invite
 * by id          $create -> 1, $ajoin -> 2, ..., $old -> -1; what was purged keeps its position only
 *
 * room !a        log      1 | 2 | 3 | 4 | 5                            by position, outliers too
 *                history  0:-1 $old | 1:1 | 2:2 | 3:3 | 4:4 | 5:5      by (depth:position), backfill too
 *                state    (m.room.create, "")     1 $create
 *                         (m.room.member, @alice) 2 $ajoin
 *                         (m.room.member, @bob)   4 $invite | 5 $bjoin every change, the last is now
 *                members  @alice, @bob; 2 @alice leave -> join | 4 @bob leave -> invite | 5 @bob invite -> join
 *                redacted $target -> redaction                         whether the target is known yet or not
 *
 * memberships    @alice   !a  2 leave -> join
 *                         !b  6 leave -> invite                        the outlier's; !b has no state
 *                @bob     !a  4 leave -> invite | 5 invite -> join
 * }</pre>
 *
 * <p>An event that was purged stays known by its id: appending it again returns its old position (rule A3), while as a
 * state entry it is as unknown. Backfill is not part of the log and not purged. An outlier that was purged is forgotten
 * altogether; one that changed a membership is never purged.
 *
 * <p>It also has which events relate to which ({@link Relations}) and after which gaps events came ({@link
 * TimelineGaps}), because both follow from what was appended.
 *
 * <p>Thread-safe: reads run side by side, a write runs alone. Listeners are called on the appending thread after the
 * lock is released, also for backfill; what they throw goes to that thread's uncaught exception handler.
 *
 * @since 0.1.0
 */
public final class MemoryEventStore
    implements AppendableEventStore, PurgeableEventStore, Relations, TimelineGaps, AutoCloseable {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Indexes indexes; // guarded by lock
  private final Listeners<Runnable> listeners = new Listeners<>();
  private volatile long watermark;
  private volatile long retainedAfter;
  private volatile long backfilledTo;
  private volatile boolean closed;

  private MemoryEventStore(Builder builder) {
    watermark = builder.firstPosition - 1;
    retainedAfter = watermark;
    indexes = new Indexes(watermark);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryEventStore create() {
    return builder().build();
  }

  /** Returns a builder of an empty store. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public long watermark() {
    requireOpen();
    return watermark;
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
    if (upTo < backfilledTo() || upTo > after || after > 0) {
      throw new IllegalArgumentException(
          "no backfill stands below " + after + " down to " + upTo + ", given " + backfilledTo);
    }
    return reading(() -> indexes.backfill(after, upTo));
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    requireOpen();
    return listeners.add(listener);
  }

  @Override
  public List<Long> append(List<Append> batch) {
    List<Append> appends = List.copyOf(batch);
    List<Long> positions;
    boolean moved;
    lock.writeLock().lock();
    try {
      requireOpen();
      Batch work = new Batch(indexes, appends);
      work.check();
      positions = work.store();
      moved = publish();
    } finally {
      lock.writeLock().unlock();
    }
    if (moved) {
      listeners.call(Runnable::run);
    }
    return positions;
  }

  private boolean publish() {
    boolean moved = watermark != indexes.lastPosition() || backfilledTo != indexes.lastBackfill();
    backfilledTo = indexes.lastBackfill();
    watermark = indexes.lastPosition();
    return moved;
  }

  @Override
  public void purge(long through) {
    requireReached(through);
    lock.writeLock().lock();
    try {
      requireOpen();
      if (through > retainedAfter) {
        retainedAfter = through;
        indexes.purge(through);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    requireReached(upTo);
    requireLimit(limit);
    if (after > upTo) {
      throw new IllegalArgumentException("no positions lie in (" + after + ", " + upTo + "]");
    }
    return reading(() -> {
      if (after < retainedAfter) {
        throw new ExpiredPositionException(after, retainedAfter);
      }
      return new LogReader(indexes, after, upTo).read(interest, limit);
    });
  }

  @Override
  public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    return reading(() -> {
      Map<EventId, StoredEvent> events = new HashMap<>();
      for (EventId id : ids) {
        indexes.entry(id).ifPresent(entry -> events.put(id, entry.view()));
      }
      return Collections.unmodifiableMap(events);
    });
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    upTo.values().forEach(this::requireReached);
    return reading(() -> byRoom(upTo, indexes::state));
  }

  @Override
  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    requireReached(upTo);
    return reading(() -> Collections.unmodifiableMap(indexes.memberships.asOf(user, upTo)));
  }

  @Override
  public Map<UserId, Map<RoomId, MemberChange>> memberships(Collection<UserId> users, long upTo) {
    requireReached(upTo);
    return reading(() -> {
      Map<UserId, Map<RoomId, MemberChange>> ofEach = new HashMap<>();
      for (UserId user : users) {
        ofEach.put(user, Collections.unmodifiableMap(indexes.memberships.asOf(user, upTo)));
      }
      return Collections.unmodifiableMap(ofEach);
    });
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    requireReached(upTo);
    return reading(() -> byRoom(rooms, room -> indexes.joinedMembers(room, upTo)));
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    requireReached(upTo);
    return reading(() -> byRoom(rooms, room -> indexes.timelines(viewer, room, upTo)));
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    requireLimit(limit);
    return reading(() -> byRoom(visible, (room, ranges) -> indexes.latest(room, ranges, limit)));
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    requireLimit(limit);
    return reading(() -> indexes
        .room(slice.room())
        .map(room -> room.history.read(slice, direction, limit))
        .orElse(List.of()));
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    return reading(() -> indexes
        .room(room)
        .map(known -> known.history.pointAt(position))
        .orElse(HistoryPoint.START));
  }

  @Override
  public Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit) {
    requireLimit(limit);
    return reading(() -> byRoom(due, (room, ranges) -> indexes.newest(room, ranges, limit)));
  }

  @Override
  public Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
    intervals.values().forEach(interval -> requireReached(interval.upTo()));
    return reading(() -> byRoom(intervals, indexes::stateChanges));
  }

  @Override
  public Map<RoomId, RoomMembers> members(Collection<RoomId> rooms, long upTo, int heroes) {
    requireReached(upTo);
    if (heroes < 0) {
      throw new IllegalArgumentException("a number of users must be at least 0, got " + heroes);
    }
    return reading(() -> byRoom(rooms, room -> indexes.members(room, upTo, heroes)));
  }

  @Override
  public Map<EventId, List<Child>> children(
      Collection<EventId> parents, String relType, int limit) {
    requireLimit(limit);
    return reading(() -> indexes.children(parents, relType, limit));
  }

  @Override
  public Map<EventId, ThreadSummary> threads(
      Collection<EventId> roots, UserId viewer, Set<UserId> ignored) {
    return reading(() -> indexes.threads(roots, viewer, ignored));
  }

  @Override
  public Map<RoomId, Long> lastGap(Map<RoomId, Range> ranges) {
    return reading(() -> {
      Map<RoomId, Long> gaps = new HashMap<>();
      ranges.forEach((room, range) -> indexes
          .room(room)
          .flatMap(known -> known.lastGap(range))
          .ifPresent(gap -> gaps.put(room, gap)));
      return Map.copyOf(gaps);
    });
  }

  /**
   * Closes the store. It holds nothing that must be released: a host closes it to find calls that come too late, which
   * throw {@link IllegalStateException} (rule X1). Closing again does nothing.
   */
  @Override
  public void close() {
    closed = true;
  }

  private <R> R reading(Supplier<R> read) {
    Lock readLock = lock.readLock();
    readLock.lock();
    try {
      requireOpen();
      return read.get();
    } finally {
      readLock.unlock();
    }
  }

  private static <V> Map<RoomId, V> byRoom(Collection<RoomId> rooms, Function<RoomId, V> read) {
    Map<RoomId, V> values = new HashMap<>();
    rooms.forEach(room -> values.put(room, read.apply(room)));
    return Collections.unmodifiableMap(values);
  }

  private static <A, V> Map<RoomId, V> byRoom(
      Map<RoomId, A> arguments, BiFunction<RoomId, A, V> read) {
    Map<RoomId, V> values = new HashMap<>();
    arguments.forEach((room, argument) -> values.put(room, read.apply(room, argument)));
    return Collections.unmodifiableMap(values);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  private void requireReached(long upTo) {
    if (upTo > watermark()) {
      throw new IllegalArgumentException(
          "a position must be at most the watermark " + watermark + ", got " + upTo);
    }
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit must be at least 1, got " + limit);
    }
  }

  /**
   * Builds a store. Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private long firstPosition = 1;

    private Builder() {}

    /**
     * Sets the position of the first event; 1 if never set. The log below counts as purged, so that tokens of an
     * earlier process are expired (rule C3).
     *
     * @param position at least 1, and above all positions of the earlier process
     * @throws IllegalArgumentException if {@code position} is below 1
     */
    public Builder firstPosition(long position) {
      if (position < 1) {
        throw new IllegalArgumentException("a first position must be at least 1, got " + position);
      }
      firstPosition = position;
      return this;
    }

    /** Returns the empty store. */
    public MemoryEventStore build() {
      return new MemoryEventStore(this);
    }
  }
}
