package io.github.matrixsync.internal.roster;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.Concerned;
import io.github.matrixsync.internal.log.Entry;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.StateChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Who is joined where, for the users that somebody reads for, and who is to be woken by what. Critical for privacy: what it says decides who gets an event. Thread-safe.
 *
 * <p>A reader's rooms are read from the store once, as of the window's beginning, and rolled forward with the changes that the window has seen since; from then on the follower keeps them current. The window, the
 * rooms and the published position change together, under one lock, which is never held during I/O except when the window runs away from a load. Polls come and go without that lock: a poll is linked to its reader, under the reader's own.
 */
public final class Roster {
  private static final int LOAD_ATTEMPTS = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final EventStore events;
  private final Window window;
  private final Readers readers;
  private final int mostPollsOfUser;
  private final LongAdder polls = new LongAdder();
  private final PollCounts counts = new PollCounts();
  private final Set<Poll> ofServices = ConcurrentHashMap.newKeySet();
  private final Map<RoomId, Room> rooms = new HashMap<>(); // guarded by lock
  private final Turns turns = new Turns(); // guarded by lock
  private final Map<RoomId, Set<Poll>> peeks = new HashMap<>(); // guarded by lock
  private final Map<UserId, Set<Reader>> followers = new HashMap<>(); // guarded by lock

  /**
   * Knows nobody yet.
   *
   * @param idleReaders about how many readers are kept that nobody holds on to
   * @param pollsOfUser the most polls of one user at a time
   */
  public Roster(EventStore events, Window window, int idleReaders, int pollsOfUser) {
    this.events = events;
    this.window = window;
    this.readers = new Readers(idleReaders);
    this.mostPollsOfUser = pollsOfUser;
  }

  /** Runs a change of the window and of the rooms that readers see at once. */
  public void atomically(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Takes hold of a user's reader, loaded or not. Each call wants one of {@link #release}. */
  public Reader acquire(UserId user) {
    return readers.acquire(user);
  }

  public void release(Reader held) {
    readers.release(held);
    if (!held.isLoaded() && readers.remove(held)) {
      leaveAll(held);
    }
  }

  /** Forgets readers that nobody has used for a while, if there are too many. */
  public void forgetIdle() {
    if (readers.hasTooManyIdle()) {
      readers.removeIdle(this::leaveAll);
    }
  }

  /** Reads the rooms of a reader that is held, if they are not known. May block. */
  public void load(Reader reader) {
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

  /** Puts a poll, whose reader is held, where wake-ups find it. Returns whether it did: not if the user has as many polls as a user may have. */
  public boolean register(Poll poll) {
    polls.increment();
    counts.countBegun();
    if (!poll.reader().add(poll, mostPollsOfUser)) {
      counts.countRefused();
      return false;
    }
    if (poll.isOfService()) {
      ofServices.add(poll);
    }
    poll.room().ifPresent(room -> atomically(() -> add(peeks, room, poll)));
    return true;
  }

  /** Takes a poll away again, registered or not. */
  public void deregister(Poll poll) {
    polls.decrement();
    poll.reader().remove(poll);
    if (poll.isOfService()) {
      ofServices.remove(poll);
    }
    poll.room().ifPresent(room -> atomically(() -> remove(peeks, room, poll)));
  }

  /** Returns the polls of application services, if anything of rooms moved: they are few, and their own looks say what concerns them. */
  public Set<Poll> ofServices(Concerned concerned) {
    boolean any = concerned.isEveryone() || !concerned.rooms().isEmpty();
    return any ? ofServices : Set.of();
  }

  /** Returns a user's reader, held, if their rooms are known; it wants a {@link #release}. */
  public Optional<Reader> acquireIfLoaded(UserId user) {
    Reader known = readers.get(user);
    if (known == null || !known.isLoaded()) {
      return Optional.empty();
    }
    Reader reader = acquire(user);
    if (reader.isLoaded()) {
      return Optional.of(reader);
    }
    release(reader);
    return Optional.empty();
  }

  /** Returns the number of polls that have begun and not ended. */
  public int polls() {
    return polls.intValue();
  }

  /** Returns whether nothing counts, leads to or is held by a poll. Meant for tests: a look at every reader. */
  public boolean hasNoPolls() {
    lock.lock();
    try {
      return polls() == 0
          && peeks.isEmpty()
          && ofServices.isEmpty()
          && readers.areAllIdle()
          && readers.all().stream().allMatch(reader -> reader.allPolls().length == 0);
    } finally {
      lock.unlock();
    }
  }

  /** Returns what has happened to polls. */
  public PollCounts counts() {
    return counts;
  }

  /** Does something with every poll that has begun and not ended. */
  public void forEachPoll(Consumer<Poll> each) {
    for (Reader reader : readers.all()) {
      for (Poll poll : reader.allPolls()) {
        each.accept(poll);
      }
    }
  }

  /** Returns the readers that are concerned, in groups: some of them may be there twice, and some without a poll. */
  public List<Reader[]> readers(Concerned concerned) {
    List<Reader[]> groups = new ArrayList<>();
    if (concerned.isEveryone()) {
      groups.add(readers.all().toArray(Reader[]::new));
      return groups;
    }
    lock.lock();
    try {
      for (RoomId id : concerned.rooms()) {
        Room room = rooms.get(id);
        if (room != null) {
          groups.add(room.members());
        }
      }
    } finally {
      lock.unlock();
    }
    Reader[] named = concerned.users().stream()
        .map(readers::get)
        .filter(reader -> reader != null)
        .toArray(Reader[]::new);
    groups.add(named);
    return groups;
  }

  /** Returns the peeks that are concerned. */
  public List<Poll> peeks(Concerned concerned) {
    lock.lock();
    try {
      List<Poll> found = new ArrayList<>();
      if (concerned.isEveryone()) {
        peeks.values().forEach(found::addAll);
      } else {
        concerned.rooms().forEach(room -> found.addAll(peeks.getOrDefault(room, Set.of())));
        concerned.peeks().forEach(room -> found.addAll(peeks.getOrDefault(room, Set.of())));
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an event into account, and adds whom it may concern. Under {@link #atomically}. */
  public void apply(Entry entry, Concerned concerned) {
    RoomId room = entry.stored().event().room();
    for (StateChange change : entry.stored().changes()) {
      if (change instanceof MemberChange member) {
        Turns.Turn turn = turns.add(room, member);
        Reader reader = readers.get(member.user());
        if (reader != null && reader.isLoaded()) {
          take(reader, turn);
        }
        concerned.addUser(member.user());
      }
    }
    concerned.addRoom(room);
    concerned.addUser(entry.stored().event().sender());
    entry.stored().event().subject().ifPresent(concerned::addUser);
  }

  /** Forgets the turns of events that left the window, oldest first. Under {@link #atomically}. */
  public void dropTurns(List<Entry> dropped) {
    for (Entry entry : dropped) {
      for (StateChange change : entry.stored().changes()) {
        if (change instanceof MemberChange member) {
          turns.drop(member.user(), entry.position());
          Reader reader = readers.get(member.user());
          if (reader != null) {
            reader.settle(entry.stored().event().room(), entry.position());
          }
        }
      }
    }
  }

  /** Forgets all turns, because the window starts again. Under {@link #atomically}. */
  public void dropAllTurns() {
    turns.clear();
  }

  /** Forgets who is where, because changes were missed: everything is read again before it is used. Under {@link #atomically}. */
  public void missedChanges() {
    turns.clear();
    readers.all().forEach(reader -> reader.setLoaded(false));
  }

  /** Adds whom a change of a user's presence may concern: themselves, people in their rooms, the peeks there, and those who follow them. */
  public void addAround(Reader changed, Concerned concerned) {
    concerned.addUser(changed.user());
    concerned.addRooms(changed.roomsAround());
    atomically(() -> followers
        .getOrDefault(changed.user(), Set.of())
        .forEach(follower -> concerned.addUser(follower.user())));
  }

  /** Notes what a user, whose reader is held, prefers now. */
  public void prefer(Reader reader, Preferences preferences) {
    atomically(() -> {
      reader.preferences().presenceList().forEach(other -> remove(followers, other, reader));
      preferences.presenceList().forEach(other -> add(followers, other, reader));
      reader.prefer(preferences);
    });
  }

  /** Has a user's preferences read again before their next poll. */
  public void preferencesChanged(UserId user) {
    atomically(() -> {
      Reader reader = readers.get(user);
      if (reader != null) {
        reader.prefer(reader.preferences().outdated());
      }
    });
  }

  private void install(Reader reader, Map<RoomId, MemberChange> memberships, long since) {
    if (reader.isLoaded() || window.after() != since) {
      return;
    }
    dropEmpty(reader.leaveAll());
    memberships.forEach((room, change) -> {
      if (change.after() == Membership.JOIN) {
        reader.enter(room(room));
      }
    });
    turns.of(reader.user()).forEach(turn -> take(reader, turn));
    reader.setLoaded(true);
  }

  private void take(Reader reader, Turns.Turn turn) {
    Room room = room(turn.room());
    reader.turn(room, turn.position(), turn.joined(), window.after());
    dropEmpty(room);
  }

  private Room room(RoomId id) {
    return rooms.computeIfAbsent(id, Room::new);
  }

  private void dropEmpty(Room... left) {
    for (Room room : left) {
      if (room.isEmpty()) {
        rooms.remove(room.id());
      }
    }
  }

  /** Takes a reader that is forgotten out of all that leads to it. */
  private void leaveAll(Reader gone) {
    atomically(() -> {
      dropEmpty(gone.leaveAll());
      gone.preferences().presenceList().forEach(other -> remove(followers, other, gone));
    });
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
