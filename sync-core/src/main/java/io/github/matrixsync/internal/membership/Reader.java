package io.github.matrixsync.internal.membership;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.PendingChanges;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user that somebody reads for, or read for lately: the rooms they are joined to. A million of them is nothing
 * unusual, so what is mostly empty is absent.
 *
 * <p>The {@link Roster} changes the rooms, under its own lock and the reader's; any thread may ask {@link #joinedAt}.
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

  /** Where the user came or went inside the window; null: nowhere. */
  private @Nullable Map<RoomId, MembershipInterval> changed;

  private PendingChanges pending = PendingChanges.NONE;
  private volatile ReaderSettings settings = ReaderSettings.UNREAD;

  /** How many hold on to this reader, above the two bits; negative: it is forgotten. */
  private volatile int holds;

  /** What one finds who takes hold. */
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

  /** Takes hold of the reader for a poll or another read, unless it is forgotten. */
  Hold hold() {
    int before = HOLDS.getAndUpdate(this, now -> now < 0 ? now : (now + HOLD) | USED);
    if (before < 0) {
      return Hold.GONE;
    }
    return before < HOLD ? Hold.WAS_IDLE : Hold.HELD;
  }

  /** Lets go, and returns whether nobody holds it any more. */
  boolean release() {
    return HOLDS.addAndGet(this, -HOLD) < HOLD;
  }

  /** Returns whether anybody holds it. */
  boolean isHeld() {
    return holds >= HOLD;
  }

  /** Returns whether anybody took hold since the last call. */
  boolean clearUsed() {
    return (HOLDS.getAndUpdate(this, now -> now & ~USED) & USED) != 0;
  }

  /** Has nobody take hold any more, unless somebody holds it. Returns whether this call did that. */
  boolean forget() {
    int before = HOLDS.getAndUpdate(this, now -> now < HOLD ? FORGOTTEN : now);
    return before >= 0 && before < HOLD;
  }

  /** Returns whether {@link #forget} had nobody take hold any more. */
  boolean isForgotten() {
    return holds < 0;
  }

  /** Returns whether the rooms are known. */
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
   * Returns what short reads of this reader find while nothing changes; empty if the user's rooms are not known.
   *
   * @param reads calls nothing that is not this class's
   */
  public synchronized <T> Optional<T> ifLoaded(Supplier<T> reads) {
    return isLoaded() ? Optional.of(reads.get()) : Optional.empty();
  }

  /**
   * Returns whether the user was joined to a room at a position inside the window; false while the user's rooms are
   * not known, which {@link #ifLoaded} tells apart.
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

  /** Returns after which position it is still to be told who came and went, to a poll that begins at {@code after}. */
  public synchronized long pendingAfter(StreamToken after) {
    return pending.pendingAfter(after);
  }

  /**
   * Notes that an answer was cut at {@code end} and so did not tell who came and went in it.
   *
   * @param any whether anybody did
   */
  public synchronized void addPending(StreamToken after, StreamToken end, boolean any) {
    pending = pending.with(after, end, any);
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

  /** Returns the rooms the user is or lately was joined to. */
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

  /** Takes a turn over that has to be remembered, and forgets turns up to {@code forget}. */
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

  /** Forgets the turns in a room up to a position, at which nobody asks any more. */
  synchronized void forgetChanges(RoomId room, long forget) {
    MembershipInterval interval = changed == null ? null : changed.get(room);
    if (interval != null) {
      remember(room, interval.withChange(forget, interval.joinedLast(), forget));
    }
  }

  /** Takes over that the user is joined to a room, as far back as the window reaches. */
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

  /** Leaves all rooms, which are not known from now on, because they are to be read again or never; returns them. */
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
