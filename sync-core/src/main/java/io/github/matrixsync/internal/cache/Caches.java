package io.github.matrixsync.internal.cache;

import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import java.util.List;

/**
 * Holds all caches of an engine and the table of last changes that invalidates their entries. No entry contains an age
 * or a token; a reader appears only as a key. Thread-safe.
 */
public final class Caches {
  /** One part in this many of the bytes for memberships is used for the members of rooms. */
  private static final int SHARE_OF_MEMBERS = 8;

  /**
   * How many members of each kind are read: the five heroes of a room, and one more because the viewer is not a hero.
   */
  private static final int FIRST_MEMBERS = 6;

  private static final int MIN_SLOTS = 1 << 10;
  private static final int MAX_SLOTS = 1 << 16;
  private static final int BYTES_PER_SLOT = 4096;

  private final LastChanges changes;
  private final EventCache events;
  private final TimelineCache timelines;
  private final RoomMembersCache members;
  private final RoomListCache lists;
  private final UserRoomsCache userRooms;
  private final EncodedEventCache encodedEvents;
  private final DamagedEvents damaged = new DamagedEvents();

  public Caches(EventStore store, CacheBytes bounds) {
    changes = new LastChanges(store, slots(bounds));
    events = new EventCache(store, changes, bounds.events());
    timelines = new TimelineCache(store, changes, bounds.memberships() / 2);
    lists = new RoomListCache(store, events, changes, damaged, bounds.rooms());
    long ofMembers = bounds.memberships() / SHARE_OF_MEMBERS;
    userRooms = new UserRoomsCache(store, changes, bounds.memberships() / 2 - ofMembers);
    members = new RoomMembersCache(store, changes, ofMembers, FIRST_MEMBERS);
    encodedEvents = new EncodedEventCache(bounds.encoded());
  }

  /** Returns the table of last changes, which the follower updates. */
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

  public RoomMembersCache members() {
    return members;
  }

  public UserRoomsCache userRooms() {
    return userRooms;
  }

  public EncodedEventCache encodedEvents() {
    return encodedEvents;
  }

  public DamagedEvents damaged() {
    return damaged;
  }

  /** Returns the statistics of each cache. */
  public List<EngineStatistics.CacheUse> uses() {
    return List.of(
        encodedEvents.use(),
        events.use(),
        lists.use(),
        userRooms.use(),
        timelines.use(),
        members.use());
  }

  /** Returns the number of slots of the table of last changes, sized for the largest cache. */
  static int slots(CacheBytes bounds) {
    long largest = Math.max(bounds.rooms(), Math.max(bounds.memberships(), bounds.events()));
    long wanted = Math.max(MIN_SLOTS, Math.min(MAX_SLOTS, largest / BYTES_PER_SLOT));
    return Integer.highestOneBit((int) wanted);
  }
}
