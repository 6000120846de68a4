package io.github.matrixsync;

import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A user that somebody reads for, or read for lately: the rooms they are joined to, and the polls that wait for them. The {@link Roster} keeps it, under its lock; {@link #joinedAt} may be asked by any thread.
 */
final class Reader {
  private static final int MOST_UNTOLD = 4;

  private final UserId user;
  private volatile Map<RoomId, Stay> stays = new ConcurrentHashMap<>();
  private volatile boolean loaded;
  private volatile Preferences preferences = Preferences.UNREAD;

  private Map<StreamToken, Turnover> untold = Map.of(); // guarded by this

  /** The polls that wait for this user. Guarded by the roster's lock. */
  final Set<Poll> polls = new HashSet<>();

  /** How many polls and other reads hold on to this reader. Guarded by the roster's lock. */
  int pins;

  Reader(UserId user) {
    this.user = user;
  }

  UserId user() {
    return user;
  }

  /** Returns whether the rooms are known. */
  boolean isLoaded() {
    return loaded;
  }

  Preferences preferences() {
    return preferences;
  }

  void prefer(Preferences now) {
    preferences = now;
  }

  /** Returns whether the user was joined to {@code room} at the event at {@code position}, which lies inside the window. */
  boolean joinedAt(RoomId room, long position) {
    return stays.getOrDefault(room, Stay.OUT).joinedAt(position);
  }

  /** Returns whether the user was joined to any of {@code rooms} at {@code position}. */
  boolean joinedAnyAt(Set<RoomId> rooms, long position) {
    Map<RoomId, Stay> all = stays;
    return all.size() < rooms.size()
        ? all.entrySet().stream()
            .anyMatch(stay -> stay.getValue().joinedAt(position) && rooms.contains(stay.getKey()))
        : rooms.stream().anyMatch(room -> joinedAt(room, position));
  }

  /** Returns the rooms the user was joined to at {@code position}. */
  Set<RoomId> joinedRoomsAt(long position) {
    Set<RoomId> rooms = new HashSet<>();
    stays.forEach((room, stay) -> {
      if (stay.joinedAt(position)) {
        rooms.add(room);
      }
    });
    return rooms;
  }

  /** Returns what answers that were cut by their limit had still to tell at their end {@code from}. */
  synchronized Turnover untold(StreamToken from) {
    return untold.getOrDefault(from, Turnover.NONE);
  }

  /** Notes that an answer was cut at {@code end} and so did not tell of a turnover; the oldest notes go first. */
  synchronized void leaveUntold(StreamToken end, Turnover turnover) {
    Map<StreamToken, Turnover> notes = new LinkedHashMap<>(untold);
    notes.remove(end);
    if (!turnover.isNone()) {
      notes.put(end, turnover);
    }
    if (notes.size() > MOST_UNTOLD) {
      notes.remove(notes.keySet().iterator().next());
    }
    untold = notes;
  }

  /** Returns the rooms in which the roster looks for this reader. */
  Set<RoomId> rooms() {
    return stays.keySet();
  }

  /** Takes over the rooms that the user is joined to, instead of whatever was known. */
  void enter(Set<RoomId> rooms) {
    Map<RoomId, Stay> fresh = new ConcurrentHashMap<>();
    rooms.forEach(room -> fresh.put(room, Stay.IN));
    stays = fresh;
  }

  /** Takes a turn over, and forgets turns up to {@code forget}. */
  void turn(RoomId room, long position, boolean joined, long forget) {
    Stay turned = stays.getOrDefault(room, Stay.OUT).turned(position, joined, forget);
    if (turned.isOver(forget)) {
      stays.remove(room);
    } else {
      stays.put(room, turned);
    }
  }

  /** Says whether the rooms are known. */
  void setLoaded(boolean known) {
    loaded = known;
  }
}
