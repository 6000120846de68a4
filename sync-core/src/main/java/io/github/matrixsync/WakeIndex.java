package io.github.matrixsync;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Who is to be woken by what: the readers in each room, the peeks at each, and who follows whom. Thread-safe: it shares the lock of the {@link Roster} it belongs to. */
final class WakeIndex {
  private final ReentrantLock lock;
  private final Map<RoomId, Set<Reader>> joined = new HashMap<>();
  private final Map<RoomId, Set<Poll>> peeks = new HashMap<>();
  private final Map<UserId, Set<Reader>> followers = new HashMap<>();
  private int polls;

  WakeIndex(ReentrantLock lock) {
    this.lock = lock;
  }

  /** Puts a poll where wake-ups find it; its reader is held. */
  void register(Poll poll) {
    locked(() -> {
      polls++;
      poll.room()
          .ifPresentOrElse(
              room -> add(peeks, room, poll), () -> poll.reader().polls.add(poll));
    });
  }

  void deregister(Poll poll) {
    locked(() -> {
      polls--;
      poll.room()
          .ifPresentOrElse(
              room -> remove(peeks, room, poll), () -> poll.reader().polls.remove(poll));
    });
  }

  /** Returns the number of polls that have begun and not ended. */
  int polls() {
    lock.lock();
    try {
      return polls;
    } finally {
      lock.unlock();
    }
  }

  /** Adds the polls that a change in a room may concern: those of its members, and the peeks. */
  void addConcernedBy(RoomId room, Set<Poll> concerned) {
    locked(() -> {
      addJoined(room, concerned);
      addPeeks(room, concerned);
    });
  }

  /** Adds the polls that a change of a user's presence may concern and that do not hold presence back: their own, those of people in their rooms, the peeks there, and of those who follow them. */
  void addConcernedByPresence(Reader changed, Set<Poll> concerned) {
    Set<Poll> around = new HashSet<>();
    locked(() -> {
      around.addAll(changed.polls);
      changed.rooms().forEach(room -> addConcernedBy(room, around));
      for (Reader reader : followers.getOrDefault(changed.user(), Set.of())) {
        around.addAll(reader.polls);
      }
    });
    around.stream().filter(poll -> !poll.holdsPresence()).forEach(concerned::add);
  }

  /** Adds a user's own polls that listen to a room alone. */
  void addPeeksOf(UserId user, RoomId room, Set<Poll> concerned) {
    locked(() -> peeks.getOrDefault(room, Set.of()).stream()
        .filter(poll -> poll.reader().user().equals(user))
        .forEach(concerned::add));
  }

  /** Has a room's events wake a reader. This and all below: under the lock. */
  void enter(Reader reader, RoomId room) {
    add(joined, room, reader);
  }

  void leave(Reader reader, RoomId room) {
    remove(joined, room, reader);
  }

  void leave(Reader reader, Collection<RoomId> rooms) {
    rooms.forEach(room -> leave(reader, room));
  }

  void follow(Reader reader, Set<UserId> users) {
    users.forEach(user -> add(followers, user, reader));
  }

  void unfollow(Reader reader, Set<UserId> users) {
    users.forEach(user -> remove(followers, user, reader));
  }

  /** Adds the polls of those who are joined to a room. */
  void addJoined(RoomId room, Set<Poll> polls) {
    for (Reader reader : joined.getOrDefault(room, Set.of())) {
      polls.addAll(reader.polls);
    }
  }

  /** Adds the polls that listen to a room alone. */
  void addPeeks(RoomId room, Set<Poll> polls) {
    polls.addAll(peeks.getOrDefault(room, Set.of()));
  }

  /** Adds all polls that listen to one room alone. */
  void addAllPeeks(Set<Poll> polls) {
    peeks.values().forEach(polls::addAll);
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private static <K, V> void add(Map<K, Set<V>> index, K key, V value) {
    index.computeIfAbsent(key, k -> new HashSet<>()).add(value);
  }

  private static <K, V> void remove(Map<K, Set<V>> index, K key, V value) {
    index.computeIfPresent(key, (k, values) -> {
      values.remove(value);
      return values.isEmpty() ? null : values;
    });
  }
}
