package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Where in the log something changed last: in a room, in its state, by a redaction in it, in a user's memberships. By
 * this whoever keeps what was read knows whether it still holds. Thread-safe.
 *
 * <p>It is a table of fixed size in which several rooms share a place, so an answer may be a later position than the
 * true one, never an earlier one: something that is kept may be read again for nothing, and is never used when it
 * should not be. The follower notes what a part of the log changes before it publishes the position, so whoever sees a
 * position sees all that changed up to it. Backfill and purges belong to no position: they are part of a
 * {@link Moment}.
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
  private volatile long missing;
  private volatile long upTo;

  /** Makes a table of {@code places}, a power of two. */
  LastChanges(EventStore events, int places) {
    this.events = events;
    this.mask = places - 1;
    this.rooms = new AtomicLongArray(places * KINDS);
    this.users = new AtomicLongArray(places);
  }

  /**
   * When something was read. What a read shows is at least as new as its moment, so a moment is taken before the read.
   *
   * @param upTo up to where the log was followed
   * @param backfilledTo how far backfill went
   * @param retainedAfter up to where the log was purged
   */
  public record Moment(long upTo, long backfilledTo, long retainedAfter) {
    /** Returns whether nothing was backfilled or purged between the two. */
    public boolean isOfOneHistoryWith(Moment other) {
      return backfilledTo == other.backfilledTo && retainedAfter == other.retainedAfter;
    }
  }

  /** Returns the present moment. Does no I/O. */
  public Moment now() {
    return new Moment(upTo, events.backfilledTo(), events.retainedAfter());
  }

  /**
   * Returns whether events of a room, read as of {@code then}, still look the same {@code now}: nothing was redacted,
   * backfilled or purged since.
   */
  boolean isIntact(RoomId room, Moment then, Moment now) {
    return then.isOfOneHistoryWith(now) && lastIn(room, REDACTION) <= then.upTo();
  }

  /** Returns the position of the last event in a room, or a later one. */
  long last(RoomId room) {
    return lastIn(room, ANY);
  }

  /** Returns the position of the last change of a room's state, memberships and visibility included, or a later one. */
  public long lastOfState(RoomId room) {
    return lastIn(room, STATE);
  }

  /** Returns the position of the last change of a user's memberships, or a later one. */
  long lastOfMember(UserId user) {
    return Math.max(missing, users.get(spread(user.hashCode()) & mask));
  }

  /** Takes note of an event. Called by one thread at a time, ascending, before {@link #advance}. */
  public void note(StoredEvent event) {
    int place = place(event.event().room());
    long position = event.position();
    rooms.set(place + ANY, position);
    if (!event.changes().isEmpty()) {
      rooms.set(place + STATE, position);
    }
    if (event.event().redacts().isPresent()) {
      rooms.set(place + REDACTION, position);
    }
    for (StateChange change : event.changes()) {
      if (change instanceof MemberChange member) {
        users.set(spread(member.user().hashCode()) & mask, position);
      }
    }
  }

  /** Says that everything up to a position was noted. */
  public void advance(long position) {
    upTo = position;
  }

  /** Says that of what is at or below a position nothing is known. */
  public void restart(long position) {
    missing = position;
    upTo = position;
  }

  private long lastIn(RoomId room, int kind) {
    return Math.max(missing, rooms.get(place(room) + kind));
  }

  private int place(RoomId room) {
    return (spread(room.hashCode()) & mask) * KINDS;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }
}
