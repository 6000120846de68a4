package io.github.matrixsync.internal.cache;

import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import java.util.List;

/**
 * All that the engine keeps of what it read or encoded, within bounds of bytes, and what tells whether it still holds.
 * Nothing of it holds an age, a token or a reader's identity as anything but a key. Thread-safe.
 */
public final class Caches {
  private static final int LEAST_PLACES = 1 << 10;
  private static final int MOST_PLACES = 1 << 16;
  private static final int BYTES_PER_PLACE = 4096;

  private final LastChanges changes;
  private final EventCache events;
  private final TimelineCache timelines;
  private final RoomListCache lists;
  private final UserRoomsCache userRooms;
  private final EncodedEventCache encoder;
  private final DamagedEvents damaged = new DamagedEvents();

  public Caches(EventStore store, CacheBytes most) {
    changes = new LastChanges(store, places(most));
    events = new EventCache(store, changes, most.events());
    timelines = new TimelineCache(store, changes, most.memberships() / 2);
    lists = new RoomListCache(store, events, changes, damaged, most.rooms());
    userRooms = new UserRoomsCache(store, changes, most.memberships() / 2);
    encoder = new EncodedEventCache(most.encoded());
  }

  /** Returns what the follower tells of changes. */
  public LastChanges changes() {
    return changes;
  }

  public EventCache events() {
    return events;
  }

  public TimelineCache timelines() {
    return timelines;
  }

  public RoomListCache lists() {
    return lists;
  }

  public UserRoomsCache userRooms() {
    return userRooms;
  }

  public EncodedEventCache encoder() {
    return encoder;
  }

  public DamagedEvents damaged() {
    return damaged;
  }

  /** Returns how each of them fares. */
  public List<EngineStatistics.CacheUse> uses() {
    return List.of(encoder.use(), events.use(), lists.use(), userRooms.use(), timelines.use());
  }

  /** Returns how many places tell whether what is kept still holds: enough for whichever cache is the largest. */
  static int places(CacheBytes most) {
    long largest = Math.max(most.rooms(), Math.max(most.memberships(), most.events()));
    long wanted = Math.max(LEAST_PLACES, Math.min(MOST_PLACES, largest / BYTES_PER_PLACE));
    return Integer.highestOneBit((int) wanted);
  }
}
