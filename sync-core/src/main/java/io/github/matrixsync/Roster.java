package io.github.matrixsync;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.StateChange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who is joined where, for the users that somebody reads for, and who is to be woken by what. Critical for privacy: what it says decides who gets an event.
 *
 * <p>A reader's rooms are read from the store once, as of the window's beginning, and rolled forward with the changes that the window has seen since; from then on the follower keeps them current. The window, the
 * rooms and the published position change together, under one lock, which is never held during I/O except when the window runs away from a load. Readers that nothing waits for stay for a while, so that
 * the next poll need not load them; the least recently used go first.
 */
final class Roster {
  private static final int MAX_IDLE = 10_000;
  private static final int LOAD_ATTEMPTS = 4;

  private record Turn(long position, RoomId room, boolean joined) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final EventStore events;
  private final Window window;
  private final Map<UserId, Reader> readers = new HashMap<>();
  private final Map<RoomId, Set<Reader>> joined = new HashMap<>();
  private final Map<UserId, Deque<Turn>> recentTurns = new HashMap<>();
  private final Map<RoomId, Set<Poll>> peeks = new HashMap<>();
  private final Map<UserId, Set<Reader>> followers = new HashMap<>();
  private final Set<Reader> idle = new LinkedHashSet<>();
  private int polls;

  Roster(EventStore events, Window window) {
    this.events = events;
    this.window = window;
  }

  /** Runs a change of the window and of the rooms that readers see at once. */
  void atomically(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Takes hold of a user's reader, loaded or not. Each call wants one of {@link #release}. */
  Reader acquire(UserId user) {
    lock.lock();
    try {
      Reader reader = readers.computeIfAbsent(user, Reader::new);
      reader.pins++;
      idle.remove(reader);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  void release(Reader reader) {
    lock.lock();
    try {
      if (--reader.pins == 0) {
        idle.add(reader);
        if (idle.size() > MAX_IDLE || !reader.isLoaded()) {
          forget(reader.isLoaded() ? idle.iterator().next() : reader);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Reads the rooms of a reader that is held, if they are not known. May block. */
  void load(Reader reader) {
    for (int attempt = 0; !reader.isLoaded(); attempt++) {
      boolean last = attempt == LOAD_ATTEMPTS;
      if (last) {
        lock.lock();
      }
      try {
        long since = window.after();
        Map<RoomId, MemberChange> memberships = events.memberships(reader.user(), since);
        atomically(() -> install(reader, memberships, since));
      } finally {
        if (last) {
          lock.unlock();
        }
      }
    }
  }

  /** Puts a poll where wake-ups find it; its reader is held. */
  void register(Poll poll) {
    lock.lock();
    try {
      polls++;
      poll.room()
          .ifPresentOrElse(
              room -> add(peeks, room, poll), () -> poll.reader().polls.add(poll));
    } finally {
      lock.unlock();
    }
  }

  void deregister(Poll poll) {
    lock.lock();
    try {
      polls--;
      poll.room()
          .ifPresentOrElse(
              room -> remove(peeks, room, poll), () -> poll.reader().polls.remove(poll));
    } finally {
      lock.unlock();
    }
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

  /** Returns all polls that have begun and not ended. */
  Set<Poll> all() {
    lock.lock();
    try {
      Set<Poll> all = new HashSet<>();
      readers.values().forEach(reader -> all.addAll(reader.polls));
      peeks.values().forEach(all::addAll);
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an event into account, and adds the polls it may concern. Under {@link #atomically}. */
  void apply(Entry entry, Set<Poll> concerned) {
    RoomId room = entry.stored().event().room();
    addJoined(room, concerned);
    for (StateChange change : entry.stored().changes()) {
      if (change instanceof MemberChange member) {
        apply(room, member);
        addReader(member.user(), concerned);
      }
    }
    addJoined(room, concerned);
    addReader(entry.stored().event().sender(), concerned);
    entry.stored().event().subject().ifPresent(subject -> addReader(subject, concerned));
    concerned.addAll(peeks.getOrDefault(room, Set.of()));
  }

  /** Forgets the turns of events that left the window, oldest first. Under {@link #atomically}. */
  void dropTurns(List<Entry> dropped) {
    for (Entry entry : dropped) {
      for (StateChange change : entry.stored().changes()) {
        if (change instanceof MemberChange member) {
          recentTurns.computeIfPresent(member.user(), (user, turns) -> {
            turns.removeIf(turn -> turn.position() <= entry.position());
            return turns.isEmpty() ? null : turns;
          });
        }
      }
    }
  }

  /** Forgets all turns, because the window starts again. Under {@link #atomically}. */
  void dropAllTurns() {
    recentTurns.clear();
  }

  /** Forgets who is where, because changes were missed: everything is read again before it is used. Under {@link #atomically}. */
  void missedChanges() {
    recentTurns.clear();
    readers.values().forEach(reader -> reader.setLoaded(false));
  }

  /** Adds the polls that a change in a room may concern: those of its members, and the peeks. */
  void concernedBy(RoomId room, Set<Poll> concerned) {
    lock.lock();
    try {
      addJoined(room, concerned);
      concerned.addAll(peeks.getOrDefault(room, Set.of()));
    } finally {
      lock.unlock();
    }
  }

  /** Adds the polls that a change of a user's presence may concern: their own, those of people in their rooms, the peeks there, and of those who follow them. */
  void concernedBy(Reader changed, Set<Poll> concerned) {
    lock.lock();
    try {
      concerned.addAll(changed.polls);
      for (RoomId room : changed.rooms()) {
        addJoined(room, concerned);
        concerned.addAll(peeks.getOrDefault(room, Set.of()));
      }
      for (Reader reader : followers.getOrDefault(changed.user(), Set.of())) {
        concerned.addAll(reader.polls);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Notes what a user, whose reader is held, prefers now. */
  void prefer(Reader reader, Preferences preferences) {
    lock.lock();
    try {
      reader.preferences().presenceList().forEach(user -> remove(followers, user, reader));
      preferences.presenceList().forEach(user -> add(followers, user, reader));
      reader.prefer(preferences);
    } finally {
      lock.unlock();
    }
  }

  /** Has a user's preferences read again before their next poll. */
  void preferencesChanged(UserId user) {
    lock.lock();
    try {
      Reader reader = readers.get(user);
      if (reader != null) {
        reader.prefer(reader.preferences().outdated());
      }
    } finally {
      lock.unlock();
    }
  }

  private void install(Reader reader, Map<RoomId, MemberChange> memberships, long since) {
    if (reader.isLoaded() || window.after() != since) {
      return;
    }
    Set<RoomId> rooms = new HashSet<>();
    memberships.forEach((room, change) -> {
      if (change.after() == Membership.JOIN) {
        rooms.add(room);
      }
    });
    reader.rooms().forEach(room -> remove(joined, room, reader));
    reader.enter(rooms);
    rooms.forEach(room -> add(joined, room, reader));
    for (Turn turn : recentTurns.getOrDefault(reader.user(), new ArrayDeque<>())) {
      take(reader, turn);
    }
    reader.setLoaded(true);
  }

  private void apply(RoomId room, MemberChange member) {
    Turn turn = new Turn(member.position(), room, member.after() == Membership.JOIN);
    recentTurns.computeIfAbsent(member.user(), user -> new ArrayDeque<>(2)).add(turn);
    Reader reader = readers.get(member.user());
    if (reader != null && reader.isLoaded()) {
      take(reader, turn);
    }
  }

  private void take(Reader reader, Turn turn) {
    reader.turn(turn.room(), turn.position(), turn.joined(), window.after());
    if (turn.joined()) {
      add(joined, turn.room(), reader);
    } else {
      remove(joined, turn.room(), reader);
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

  private void forget(Reader reader) {
    idle.remove(reader);
    readers.remove(reader.user());
    reader.rooms().forEach(room -> remove(joined, room, reader));
    reader.preferences().presenceList().forEach(user -> remove(followers, user, reader));
  }

  private void addJoined(RoomId room, Set<Poll> concerned) {
    for (Reader reader : joined.getOrDefault(room, Set.of())) {
      concerned.addAll(reader.polls);
    }
  }

  private void addReader(UserId user, Set<Poll> concerned) {
    Reader reader = readers.get(user);
    if (reader != null) {
      concerned.addAll(reader.polls);
    }
  }
}
