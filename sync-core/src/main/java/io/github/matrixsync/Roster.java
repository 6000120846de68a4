package io.github.matrixsync;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.StateChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final ReentrantLock lock = new ReentrantLock();
  private final EventStore events;
  private final Window window;
  private final Map<UserId, Reader> readers = new HashMap<>();
  private final WakeIndex index = new WakeIndex(lock);
  private final Turns turns = new Turns();
  private final Set<Reader> idle = new LinkedHashSet<>();

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

  /** Returns a user's reader, if their rooms are known. What it says of positions up to the published one holds also when it is forgotten meanwhile. */
  Optional<Reader> find(UserId user) {
    lock.lock();
    try {
      return Optional.ofNullable(readers.get(user)).filter(Reader::isLoaded);
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

  /** Returns who is to be woken by what. */
  WakeIndex wakeIndex() {
    return index;
  }

  /** Returns all polls that have begun and not ended. */
  Set<Poll> all() {
    lock.lock();
    try {
      Set<Poll> all = new HashSet<>();
      readers.values().forEach(reader -> all.addAll(reader.polls));
      index.addAllPeeks(all);
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an event into account, and adds the polls it may concern. Under {@link #atomically}. */
  void apply(Entry entry, Set<Poll> concerned) {
    RoomId room = entry.stored().event().room();
    index.addJoined(room, concerned);
    for (StateChange change : entry.stored().changes()) {
      if (change instanceof MemberChange member) {
        apply(room, member);
        addReader(member.user(), concerned);
      }
    }
    index.addJoined(room, concerned);
    addReader(entry.stored().event().sender(), concerned);
    entry.stored().event().subject().ifPresent(subject -> addReader(subject, concerned));
    index.addPeeks(room, concerned);
  }

  /** Forgets the turns of events that left the window, oldest first. Under {@link #atomically}. */
  void dropTurns(List<Entry> dropped) {
    turns.drop(dropped);
  }

  /** Forgets all turns, because the window starts again. Under {@link #atomically}. */
  void dropAllTurns() {
    turns.clear();
  }

  /** Forgets who is where, because changes were missed: everything is read again before it is used. Under {@link #atomically}. */
  void missedChanges() {
    turns.clear();
    readers.values().forEach(reader -> reader.setLoaded(false));
  }

  /** Adds the polls of one user, other than for one room alone. */
  void addPollsOf(UserId user, Set<Poll> concerned) {
    atomically(() -> addReader(user, concerned));
  }

  /** Notes what a user, whose reader is held, prefers now. */
  void prefer(Reader reader, Preferences preferences) {
    lock.lock();
    try {
      index.unfollow(reader, reader.preferences().presenceList());
      index.follow(reader, preferences.presenceList());
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
    index.leave(reader, reader.rooms());
    reader.enter(rooms);
    rooms.forEach(room -> index.enter(reader, room));
    for (Turns.Turn turn : turns.of(reader.user())) {
      take(reader, turn);
    }
    reader.setLoaded(true);
  }

  private void apply(RoomId room, MemberChange member) {
    Turns.Turn turn = turns.add(room, member);
    Reader reader = readers.get(member.user());
    if (reader != null && reader.isLoaded()) {
      take(reader, turn);
    }
  }

  private void take(Reader reader, Turns.Turn turn) {
    reader.turn(turn.room(), turn.position(), turn.joined(), window.after());
    if (turn.joined()) {
      index.enter(reader, turn.room());
    } else {
      index.leave(reader, turn.room());
    }
  }

  private void forget(Reader reader) {
    idle.remove(reader);
    readers.remove(reader.user());
    index.leave(reader, reader.rooms());
    index.unfollow(reader, reader.preferences().presenceList());
  }

  private void addReader(UserId user, Set<Poll> concerned) {
    Reader reader = readers.get(user);
    if (reader != null) {
      concerned.addAll(reader.polls);
    }
  }
}
