package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user with polls or other reads, now or recently, and the rooms that the user is joined to. There may be a million
 * readers, so collections that are mostly empty are null.
 *
 * <p>The {@link Roster} changes the rooms, under its own lock and the reader's; any thread may call {@link #joinedAt}.
 */
public class Reader {
  private static final AtomicIntegerFieldUpdater<Reader> HOLDS =
      AtomicIntegerFieldUpdater.newUpdater(Reader.class, "holds");
  private static final int LOADED = 1;
  private static final int USED = 2;
  private static final int HOLD = 4;
  private static final int FORGOTTEN = Integer.MIN_VALUE;

  private final UserId user;
  private final JoinedRooms rooms = new JoinedRooms();

  /** The rooms that the user joined or left inside the window; null if there are none. */
  private @Nullable Map<RoomId, MembershipInterval> changed;

  private volatile ReaderSettings settings = ReaderSettings.UNREAD;

  /** The number of holds, above the two flag bits; negative if the reader is forgotten. */
  private volatile int holds;

  /** The result of an attempt to take a hold. */
  enum Hold {
    HELD,
    WAS_IDLE,
    GONE
  }

  public Reader(UserId user) {
    this.user = user;
  }

  public UserId user() {
    return user;
  }

  /** Takes a hold of the reader for a poll or another read, unless it is forgotten. */
  Hold hold() {
    int before = HOLDS.getAndUpdate(this, now -> now < 0 ? now : (now + HOLD) | USED);
    if (before < 0) {
      return Hold.GONE;
    }
    return before < HOLD ? Hold.WAS_IDLE : Hold.HELD;
  }

  /** Releases a hold, and returns whether it was the last. */
  boolean release() {
    return HOLDS.addAndGet(this, -HOLD) < HOLD;
  }

  /** Returns whether there is any hold. */
  boolean isHeld() {
    return holds >= HOLD;
  }

  /** Returns whether a hold was taken since the last call. */
  boolean clearUsed() {
    return (HOLDS.getAndUpdate(this, now -> now & ~USED) & USED) != 0;
  }

  /**
   * Forgets the reader, so that no hold can be taken any more, unless there is a hold. Returns whether this call did
   * so.
   */
  boolean forget() {
    int before = HOLDS.getAndUpdate(this, now -> now < HOLD ? FORGOTTEN : now);
    return before >= 0 && before < HOLD;
  }

  /** Returns whether the reader was forgotten by {@link #forget}. */
  boolean isForgotten() {
    return holds < 0;
  }

  /** Returns whether the rooms are loaded. */
  public boolean isLoaded() {
    return (holds & LOADED) != 0;
  }

  void setLoaded(boolean known) {
    HOLDS.updateAndGet(this, now -> now < 0 ? now : known ? now | LOADED : now & ~LOADED);
  }

  public ReaderSettings settings() {
    return settings;
  }

  void setSettings(ReaderSettings now) {
    settings = now;
  }

  /**
   * Runs short reads of this reader while its rooms do not change; returns empty if the rooms are not loaded.
   *
   * @param reads calls only methods of this class
   */
  public synchronized <T> Optional<T> ifLoaded(Supplier<T> reads) {
    return isLoaded() ? Optional.of(reads.get()) : Optional.empty();
  }

  /**
   * Returns whether the user was joined to a room at a position inside the window; false while the rooms are not
   * loaded, for which {@link #ifLoaded} returns empty.
   */
  public synchronized boolean joinedAt(RoomId room, long position) {
    MembershipInterval interval = changed == null ? null : changed.get(room);
    return interval == null ? rooms.contains(room) : interval.joinedAt(position);
  }

  /** Returns whether the user was joined to any of {@code among} at a position inside the window. */
  synchronized boolean joinedAnyAt(Set<RoomId> among, long position) {
    boolean isFewer = rooms.size() < among.size();
    return isFewer
        ? joinedRoomsAt(position).stream().anyMatch(among::contains)
        : among.stream().anyMatch(room -> joinedAt(room, position));
  }

  /** Returns the rooms the user was joined to at a position inside the window. */
  synchronized Set<RoomId> joinedRoomsAt(long position) {
    Set<RoomId> joined = rooms.ids();
    if (changed != null) {
      changed.forEach((room, interval) -> {
        if (interval.joinedAt(position)) {
          joined.add(room);
        } else {
          joined.remove(room);
        }
      });
    }
    return joined;
  }

  /** Returns the rooms that the user is joined to, or was joined to inside the window. */
  synchronized Set<RoomId> recentRooms() {
    Set<RoomId> around = new HashSet<>(rooms.ids());
    if (changed != null) {
      around.addAll(changed.keySet());
    }
    return around;
  }

  /** Returns the rooms, for the roster. */
  JoinedRooms rooms() {
    return rooms;
  }

  /** Applies a join or leave, and drops changes up to {@code forget}. */
  synchronized void applyChange(RosterRoom room, long position, boolean joined, long forget) {
    MembershipInterval before = changed == null ? null : changed.get(room.id());
    if (before == null) {
      before =
          rooms.contains(room.id()) ? MembershipInterval.JOINED : MembershipInterval.NOT_JOINED;
    }
    remember(room.id(), before.withChange(position, joined, forget));
    if (joined) {
      enter(room);
    } else {
      leave(room);
    }
  }

  /** Drops the changes in a room up to a position that nobody reads any more. */
  synchronized void forgetChanges(RoomId room, long forget) {
    MembershipInterval interval = changed == null ? null : changed.get(room);
    if (interval != null) {
      remember(room, interval.withChange(forget, interval.joinedLast(), forget));
    }
  }

  /** Adds a room that the user has been joined to since before the window began. */
  synchronized void enter(RosterRoom room) {
    if (!rooms.contains(room.id())) {
      rooms.put(room, room.add(this));
    }
  }

  private void leave(RosterRoom room) {
    if (rooms.contains(room.id())) {
      int index = rooms.indexIn(room);
      rooms.remove(room);
      room.remove(index);
    }
  }

  /** Removes and returns all rooms. They are not loaded from now on. */
  synchronized RosterRoom[] leaveAll() {
    setLoaded(false);
    RosterRoom[] left = rooms.all();
    for (RosterRoom room : left) {
      leave(room);
    }
    changed = null;
    return left;
  }

  private void remember(RoomId room, MembershipInterval interval) {
    Map<RoomId, MembershipInterval> known = changed;
    if (!interval.isConstant()) {
      if (known == null) {
        known = new HashMap<>(2);
        changed = known;
      }
      known.put(room, interval);
    } else if (known != null) {
      known.remove(room);
      changed = known.isEmpty() ? null : known;
    }
  }
}
