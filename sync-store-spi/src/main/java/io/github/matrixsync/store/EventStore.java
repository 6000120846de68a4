package io.github.matrixsync.store;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
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

/**
 * The store of room events, with all reads that the engine makes. All methods except {@link #watermark()}, {@link
 * #retainedAfter()}, {@link #backfilledTo()} and {@link #onAdvance} may block; all are thread-safe. Every argument
 * {@code upTo} is at most the watermark, and what is read as of a position is exact, also long after (rule S1). The
 * rules are those of the {@link io.github.matrixsync.store package}.
 *
 * @since 0.1.0
 */
public interface EventStore extends PositionedStream {
  /** As {@link PositionedStream#retainedAfter()}, without a default: a closed store refuses it too (rule X1). */
  @Override
  long retainedAfter();

  /**
   * Returns the lowest position given to backfill so far, 0 if there is none. Does no I/O and never rises. A reader
   * that caches results compares it: once it has fallen, a room may have more history, or redactions in it, than the
   * cached result (rule K2), and {@link #backfill} returns which rooms.
   */
  long backfilledTo();

  /**
   * Returns the rooms and redacted events of the backfill with positions below {@code after} and at or above {@code
   * upTo}: what was added while {@link #backfilledTo()} fell from the one to the other (rule K3). The result has no
   * limit, because it has only ids. May block.
   *
   * @param after exclusive, at most 0
   * @param upTo inclusive, at most {@code after} and at least {@link #backfilledTo()}
   * @throws StoreException if reading failed
   */
  Backfill backfill(long after, long upTo);

  /**
   * Returns the live events and outliers of {@code interest} with positions in {@code (after, upTo]}, ascending, at
   * most {@code limit}. If there are more, the lowest are returned and {@code through} is below {@code upTo} (rules B1,
   * B2, B3).
   *
   * @param limit at least 1
   * @throws ExpiredPositionException if {@code after} is below {@link #retainedAfter()}
   * @throws StoreException if reading failed
   */
  LogPage log(Interest interest, long after, long upTo, int limit);

  /**
   * Returns the readable events with these ids, of every kind, for any number of ids. An event that was first an
   * outlier and then live is returned as the live one. Purged events are left out; an event that ever set a state entry
   * is never purged (rule R3).
   *
   * @throws StoreException if reading failed
   */
  Map<EventId, StoredEvent> events(Collection<EventId> ids);

  /**
   * Returns each room's state entries as of the position given for it, in any order. A room without state, or unknown,
   * has an empty list (rule S1).
   *
   * @throws StoreException if reading failed
   */
  Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo);

  /**
   * Returns, for every room that the user ever had a membership in, left rooms included, their latest member change as
   * of {@code upTo} (rule S2). Outliers count here.
   *
   * @throws StoreException if reading failed
   */
  Map<RoomId, MemberChange> memberships(UserId user, long upTo);

  /**
   * Returns the {@link #memberships(UserId, long)} of each of these users, however many there are; a user without any
   * has an empty map (rules S2, B3). The engine calls it for users without a poll whose presence changed. This default
   * makes one call for each user; a store that can read many users in one statement should override it.
   *
   * @throws StoreException if reading failed
   */
  default Map<UserId, Map<RoomId, MemberChange>> memberships(Collection<UserId> users, long upTo) {
    Map<UserId, Map<RoomId, MemberChange>> ofEach = new HashMap<>();
    for (UserId user : users) {
      ofEach.put(user, memberships(user, upTo));
    }
    return Map.copyOf(ofEach);
  }

  /**
   * Returns the users who are joined to each room as of {@code upTo}; a room without any has an empty set (rule S2).
   *
   * @throws StoreException if reading failed
   */
  Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo);

  /**
   * Returns, for each room, the viewer's member changes and the visibility changes at positions up to {@code upTo},
   * purged ones included; an unknown room has {@link Timelines#EMPTY} (rule S2).
   *
   * @throws StoreException if reading failed
   */
  Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo);

  /**
   * Returns, for each room, the last {@code limit} events of its history that its ranges include, ascending by
   * {@link HistoryPoint}; a room without any has an empty list (rule H1).
   *
   * @param limit at least 1
   * @throws StoreException if reading failed
   */
  Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit);

  /**
   * Returns at most {@code limit} events of a room's history that the slice includes, from its old end on and ascending
   * ({@code FORWARD}), or from its new end on and descending ({@code BACKWARD}) (rule H1).
   *
   * @param limit at least 1
   * @throws StoreException if reading failed
   */
  List<StoredEvent> history(HistorySlice slice, Direction direction, int limit);

  /**
   * Returns the greatest point among the room's live events at or below {@code position}; if it has none, the greatest
   * among its backfill; else {@link HistoryPoint#START} (rule H2).
   *
   * @throws StoreException if reading failed
   */
  HistoryPoint pointAt(RoomId room, long position);

  /**
   * Returns, for each room, the last {@code limit} live events by position that its ranges include, descending; a room
   * without any has an empty list. Nothing at or below the beginning of the first range is returned, of the viewer's
   * own events neither; backfill and outliers are not. What a purge left of the room's history is (rules B4, R3).
   *
   * <p>It differs from {@link #latest} in the order: a late event of low depth is among the newest here. This default
   * reads the log of each room from the beginning of the first range on; a store that finds the last events of many
   * rooms in one statement should override it.
   *
   * @param due by room; its own and ignored users count as in {@link Ranges#includes}
   * @param limit at least 1
   * @throws StoreException if reading failed
   */
  default Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit must be at least 1, got " + limit);
    }
    Map<RoomId, List<StoredEvent>> newest = new HashMap<>();
    due.forEach((room, ranges) -> newest.put(room, DefaultReads.newest(this, room, ranges, limit)));
    return Map.copyOf(newest);
  }

  /**
   * Returns, for each room, the state entries that changed in its interval {@code (after, upTo]}: each entry whose
   * event as of {@code upTo} is not the one as of {@code after}, once, in any order, with the event as of {@code upTo},
   * or none if the entry is gone. An entry that is the same at both ends may be given too, if it changed in between. A
   * room without any has an empty list (rule S3).
   *
   * <p>The position of a change is that of the entry's last change in the interval, or, if the store does not know it,
   * {@code upTo}. This default is of the second kind: it reads the state at both ends of each interval.
   *
   * @throws StoreException if reading failed
   */
  default Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
    return DefaultReads.stateChanges(this, intervals);
  }

  /**
   * Returns how many users are joined and invited in each room as of {@code upTo}, by its state, and the first {@code
   * heroes} users who are joined, who are invited, and who left or are banned, each in the order of the positions of
   * their member events; a room without any has {@link RoomMembers#EMPTY} (rule S4). This default reads the state of
   * the rooms.
   *
   * @param heroes at least 0
   * @throws StoreException if reading failed
   */
  default Map<RoomId, RoomMembers> members(Collection<RoomId> rooms, long upTo, int heroes) {
    if (heroes < 0) {
      throw new IllegalArgumentException("a number of users must not be negative, got " + heroes);
    }
    return DefaultReads.members(this, rooms, upTo, heroes);
  }
}
