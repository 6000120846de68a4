package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.DeliveryRule;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who is joined where, for the users that somebody reads for. Critical for privacy: what it says decides who gets an
 * event. Thread-safe.
 *
 * <p>A reader's rooms are read from the store once, as of the window's beginning, and rolled forward with the changes
 * that the window has seen since; from then on the follower keeps them current. The window, the rooms and the published
 * position change together, under one lock, which is never held during I/O except when the window runs away from a
 * load.
 */
public final class Roster {
  private static final int LOAD_ATTEMPTS = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final EventStore events;
  private final Window window;
  private final ReaderRegistry readers;
  private final Map<RoomId, RosterRoom> rooms = new HashMap<>(); // guarded by lock
  private final MembershipChanges changes = new MembershipChanges(); // guarded by lock
  private final Map<UserId, Set<Reader>> followers = new HashMap<>(); // guarded by lock

  /** Knows nobody's rooms yet. */
  public Roster(EventStore events, Window window, ReaderRegistry readers) {
    this.events = events;
    this.window = window;
    this.readers = readers;
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

  /**
   * Takes hold of a poll's reader for as long as the poll is run, which may be longer than the poll lasts.
   *
   * @return whether it did, and so wants a {@link #release}; false: the poll has ended, and its reader is forgotten
   */
  public boolean hold(Reader ofPoll) {
    return readers.hold(ofPoll);
  }

  /** Lets go of a reader. One whose rooms are not known is forgotten with the last who lets go. */
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

  /**
   * Reads the rooms of a reader that is held, if they are not known: at most four times while the window goes on, and
   * once more while it stands still for the read. May block.
   *
   * @throws IllegalStateException if the reader is forgotten
   */
  public void load(Reader reader) {
    for (int attempt = 0; attempt < LOAD_ATTEMPTS; attempt++) {
      if (reader.isLoaded()) {
        return;
      }
      loadOnce(reader);
    }
    atomically(() -> {
      if (!reader.isLoaded()) {
        loadOnce(reader);
      }
    });
  }

  /**
   * Reads the rooms of those of some readers, which are held, whose rooms are not known: all of them in one read, and
   * at most four times while the window goes on. May block.
   *
   * @return whether the rooms of all are known now
   */
  public boolean loadAll(Collection<Reader> held) {
    for (int attempt = 0; attempt < LOAD_ATTEMPTS; attempt++) {
      List<Reader> unknown = held.stream().filter(reader -> !reader.isLoaded()).toList();
      if (unknown.isEmpty()) {
        return true;
      }
      long since = window.after();
      Set<UserId> users = unknown.stream().map(Reader::user).collect(Collectors.toSet());
      Map<UserId, Map<RoomId, MemberChange>> read = events.memberships(users, since);
      atomically(() -> unknown.forEach(
          reader -> install(reader, read.getOrDefault(reader.user(), Map.of()), since)));
    }
    return held.stream().allMatch(Reader::isLoaded);
  }

  /**
   * Returns whether anybody reads. A poll that begins while this is asked may be missed; one that began before is not.
   */
  public boolean isInUse() {
    return readers.all().stream().anyMatch(Reader::isHeld);
  }

  private void loadOnce(Reader reader) {
    long since = window.after();
    Map<RoomId, MemberChange> memberships = events.memberships(reader.user(), since);
    atomically(() -> install(reader, memberships, since));
  }

  /** Returns a user's reader, held, if their rooms are known; it wants a {@link #release}. */
  public Optional<Reader> acquireIfLoaded(UserId user) {
    if (readers.get(user) == null) {
      return Optional.empty();
    }
    Reader reader = acquire(user);
    if (reader.isLoaded()) {
      return Optional.of(reader);
    }
    release(reader);
    return Optional.empty();
  }

  /** Returns the readers that are concerned, in groups: some of them may be there twice, and some without a poll. */
  public List<Reader[]> readers(WakeUpTargets targets) {
    List<Reader[]> groups = new ArrayList<>();
    if (targets.isEveryone()) {
      groups.add(readers.all().toArray(Reader[]::new));
      return groups;
    }
    atomically(() -> targets.rooms().forEach(id -> {
      RosterRoom room = rooms.get(id);
      if (room != null) {
        groups.add(room.members());
      }
    }));
    Reader[] named = targets.users().stream()
        .map(readers::get)
        .filter(reader -> reader != null)
        .toArray(Reader[]::new);
    groups.add(named);
    return groups;
  }

  /** Takes an event into account, and adds whom it may concern. Under {@link #atomically}. */
  public void apply(WindowEntry entry, WakeUpTargets targets) {
    StoredEvent stored = entry.stored();
    RoomId room = stored.event().room();
    boolean membershipChanged = false;
    for (StateChange change : stored.changes()) {
      if (change instanceof MemberChange member) {
        membershipChanged = true;
        MembershipChanges.JoinOrLeave joinOrLeave = changes.add(room, member);
        Reader reader = readers.get(member.user());
        if (reader != null && reader.isLoaded()) {
          applyTo(reader, joinOrLeave);
        }
        targets.addUser(member.user());
      }
    }
    targets.addUser(stored.event().sender());
    if (DeliveryRule.isLost(stored) && !membershipChanged) {
      targets.addPeeksAndServices(room);
    } else {
      targets.addRoom(room);
    }
  }

  /** Forgets the turns of events that left the window, oldest first. Under {@link #atomically}. */
  public void dropChanges(List<WindowEntry> dropped) {
    for (WindowEntry entry : dropped) {
      for (StateChange change : entry.stored().changes()) {
        if (change instanceof MemberChange member) {
          changes.drop(member.user(), entry.position());
          Reader reader = readers.get(member.user());
          if (reader != null) {
            reader.forgetChanges(entry.stored().event().room(), entry.position());
          }
        }
      }
    }
  }

  /**
   * Forgets who is where, because changes were missed: until it is read again, nobody is known to be anywhere. Under
   * {@link #atomically}, after the window.
   */
  public void missedChanges() {
    changes.clear();
    readers.all().forEach(reader -> dropEmpty(reader.leaveAll()));
  }

  /**
   * Returns the rooms that a user was joined to at a position, if that is known: not if changes were missed since the
   * user's rooms were read, nor if the position has left the window. Does no I/O.
   *
   * @param reader of the user, held
   * @param position at most the published one
   */
  public Optional<Set<RoomId>> joinedRooms(Reader reader, long position) {
    return ifKnown(reader, position, () -> reader.joinedRoomsAt(position));
  }

  /** Returns whether a user was joined to any of some rooms at a position, as {@link #joinedRooms} does. */
  public Optional<Boolean> joinedAny(Reader reader, Set<RoomId> among, long position) {
    return ifKnown(reader, position, () -> reader.joinedAnyAt(among, position));
  }

  /** A turn is settled after the window has gone past it: where the window is now, so what was read holds. */
  private <T> Optional<T> ifKnown(Reader reader, long position, Supplier<T> reads) {
    Optional<T> read = reader.ifLoaded(reads);
    return window.after() <= position ? read : Optional.empty();
  }

  /**
   * Adds whom a change of a user's presence may concern: themselves, people in their rooms, the peeks there, and those
   * who follow them.
   */
  public void addAround(Reader changed, WakeUpTargets targets) {
    targets.addUser(changed.user());
    targets.addRooms(changed.recentRooms());
    atomically(() -> followers
        .getOrDefault(changed.user(), Set.of())
        .forEach(follower -> targets.addUser(follower.user())));
  }

  /**
   * Notes what a user, whose reader is held, was read to prefer.
   *
   * @param before what was known when the read began: if it no longer is, a change was signalled, and what was read
   *     is to be read again before the next look; or somebody else read it, and that stays
   */
  @SuppressWarnings("ReferenceEquality") // what is outdated twice looks the same
  public void updateSettings(Reader reader, ReaderSettings before, ReaderSettings read) {
    atomically(() -> {
      ReaderSettings known = reader.settings();
      if (known == before) {
        replace(reader, read);
      } else if (!known.isRead()) {
        replace(reader, read.outdated());
      }
    });
  }

  /** Has a user's preferences read again before their next poll. */
  public void settingsChanged(UserId user) {
    atomically(() -> {
      Reader reader = readers.get(user);
      if (reader != null) {
        reader.setSettings(reader.settings().outdated());
      }
    });
  }

  private void replace(Reader reader, ReaderSettings settings) {
    reader.settings().presenceList().forEach(other -> remove(followers, other, reader));
    settings.presenceList().forEach(other -> add(followers, other, reader));
    reader.setSettings(settings);
  }

  private void install(Reader reader, Map<RoomId, MemberChange> memberships, long since) {
    if (reader.isForgotten()) {
      throw new IllegalStateException("nobody holds the reader of " + reader.user());
    }
    if (reader.isLoaded() || window.after() != since) {
      return;
    }
    dropEmpty(reader.leaveAll());
    memberships.forEach((room, change) -> {
      if (change.after() == Membership.JOIN) {
        reader.enter(room(room));
      }
    });
    changes.of(reader.user()).forEach(joinOrLeave -> applyTo(reader, joinOrLeave));
    reader.setLoaded(true);
  }

  private void applyTo(Reader reader, MembershipChanges.JoinOrLeave joinOrLeave) {
    RosterRoom room = room(joinOrLeave.room());
    reader.applyChange(room, joinOrLeave.position(), joinOrLeave.joined(), window.after());
    dropEmpty(room);
  }

  private RosterRoom room(RoomId id) {
    return rooms.computeIfAbsent(id, RosterRoom::new);
  }

  private void dropEmpty(RosterRoom... left) {
    for (RosterRoom room : left) {
      if (room.isEmpty()) {
        rooms.remove(room.id());
      }
    }
  }

  /** Takes a reader that is forgotten out of all that leads to it. */
  private void leaveAll(Reader gone) {
    atomically(() -> {
      dropEmpty(gone.leaveAll());
      gone.settings().presenceList().forEach(other -> remove(followers, other, gone));
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
