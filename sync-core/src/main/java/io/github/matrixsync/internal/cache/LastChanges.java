package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The positions of the last change of each room, of its state, of a redaction in it, and of each user's memberships.
 * Caches compare entries with it to see whether they are current. Thread-safe.
 *
 * <p>It is a table of fixed size in which several rooms share a slot. So a returned position may be later than the true
 * one, but never earlier: an entry may be read again without need, but a stale entry is never used. The follower
 * records the changes of a part of the log before it publishes the position, so a reader of the position sees all
 * changes up to it. Backfill and purges have no position; they are part of a {@link Moment}.
 */
public final class LastChanges {
  private static final int KINDS = 3;
  private static final int ANY = 0;
  private static final int STATE = 1;
  private static final int REDACTION = 2;

  private final EventStore events;
  private final int mask;
  private final AtomicLongArray rooms;
  private final AtomicLongArray users;
  private volatile long unknownUpTo;
  private volatile long upTo;

  /** Makes a table with this number of slots, a power of two. */
  LastChanges(EventStore events, int slots) {
    this.events = events;
    this.mask = slots - 1;
    this.rooms = new AtomicLongArray(slots * KINDS);
    this.users = new AtomicLongArray(slots);
  }

  /**
   * The state of the log when something was read. It is taken before the read, so the result is at least as new.
   *
   * @param upTo up to where the log was followed
   * @param backfilledTo the lowest position of backfill
   * @param retainedAfter up to where the log was purged
   */
  public record Moment(long upTo, long backfilledTo, long retainedAfter) {
    /** Returns whether nothing was backfilled or purged between the two moments. */
    public boolean hasSameHistoryAs(Moment other) {
      return backfilledTo == other.backfilledTo && retainedAfter == other.retainedAfter;
    }
  }

  /** Returns the current moment. Does no I/O. */
  public Moment now() {
    return new Moment(upTo, events.backfilledTo(), events.retainedAfter());
  }

  /**
   * Returns whether events of a room, read as of {@code then}, still look the same {@code now}: nothing was redacted,
   * backfilled or purged since.
   */
  boolean isIntact(RoomId room, Moment then, Moment now) {
    return then.hasSameHistoryAs(now) && lastIn(room, REDACTION) <= then.upTo();
  }

  /** Returns the position of the last event in a room, or a later one. */
  long last(RoomId room) {
    return lastIn(room, ANY);
  }

  /** Returns the position of the last change of a room's state, memberships and visibility included, or a later one. */
  public long lastOfState(RoomId room) {
    return lastIn(room, STATE);
  }

  /** Returns the position of the last redaction in a room, or a later position. */
  public long lastOfRedaction(RoomId room) {
    return lastIn(room, REDACTION);
  }

  /** Returns the position of the last change of a user's memberships, or a later one. */
  long lastOfMember(UserId user) {
    return Math.max(unknownUpTo, users.get(spread(user.hashCode()) & mask));
  }

  /** Records the changes of an event. Called by one thread at a time, in ascending order, before {@link #advance}. */
  public void note(StoredEvent event) {
    int slot = slot(event.event().room());
    long position = event.position();
    rooms.set(slot + ANY, position);
    if (!event.changes().isEmpty()) {
      rooms.set(slot + STATE, position);
    }
    if (event.event().redacts().isPresent()) {
      rooms.set(slot + REDACTION, position);
    }
    for (StateChange change : event.changes()) {
      if (change instanceof MemberChange member) {
        users.set(spread(member.user().hashCode()) & mask, position);
      }
    }
  }

  /** Sets the position up to which all events are recorded. */
  public void advance(long position) {
    upTo = position;
  }

  /** Forgets everything at or below a position, so that all older entries count as changed. */
  public void restart(long position) {
    unknownUpTo = position;
    upTo = position;
  }

  private long lastIn(RoomId room, int kind) {
    return Math.max(unknownUpTo, rooms.get(slot(room) + kind));
  }

  private int slot(RoomId room) {
    return (spread(room.hashCode()) & mask) * KINDS;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }
}
