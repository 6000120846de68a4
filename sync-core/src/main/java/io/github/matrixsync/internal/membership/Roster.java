package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
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
 * Tracks which rooms each reader is joined to. Critical for privacy: it decides who gets an event. Thread-safe.
 *
 * <p>A reader's rooms are read from the store once, as of the beginning of the window, and updated with the changes in
 * the window; from then on the follower keeps them current. The window, the rooms and the published position change
 * together, under one lock. It is not held during I/O, except for the last attempt of a load that the window has
 * overtaken.
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

  /** Makes a roster without loaded readers. */
  public Roster(EventStore events, Window window, ReaderRegistry readers) {
    this.events = events;
    this.window = window;
    this.readers = readers;
  }

  /** Runs a change of the window and the rooms that readers see as one. */
  public void atomically(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a hold of a user's reader, loaded or not. Each call needs one call of {@link #release}. */
  public Reader acquire(UserId user) {
    return readers.acquire(user);
  }

  /**
   * Takes a hold of a poll's reader while a look of the poll runs, which may be longer than the poll lasts.
   *
   * @return whether it did, and {@link #release} must be called; false if the poll has ended and its reader is
   *     forgotten
   */
  public boolean hold(Reader ofPoll) {
    return readers.hold(ofPoll);
  }

  /** Releases a hold of a reader. A reader that is not loaded is forgotten with its last hold. */
  public void release(Reader held) {
    readers.release(held);
    if (!held.isLoaded() && readers.remove(held)) {
      leaveAll(held);
    }
  }

  /** Forgets readers that were not used for a while, if there are too many. */
  public void forgetIdle() {
    if (readers.hasTooManyIdle()) {
      readers.removeIdle(this::leaveAll);
    }
  }

  /**
   * Loads the rooms of a held reader if they are not loaded: at most four attempts while the window advances, then one
   * under the lock. May block.
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
   * Loads those of some held readers that are not loaded, in one read, with at most four attempts while the window
   * advances. May block.
   *
   * @return whether all of them are loaded now
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
   * Returns whether any reader has a hold. A poll that begins during the call may be missed; one that began before is
   * not.
   */
  public boolean isInUse() {
    return readers.all().stream().anyMatch(Reader::isHeld);
  }

  private void loadOnce(Reader reader) {
    long since = window.after();
    Map<RoomId, MemberChange> memberships = events.memberships(reader.user(), since);
    atomically(() -> install(reader, memberships, since));
  }

  /** Returns a user's reader, held, if it is loaded; {@link #release} must be called. */
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

  /** Returns the readers of the targets, in groups. A reader may be in several groups, and may have no poll. */
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

  /** Applies an event to the rooms, and adds the targets that it may concern. Call under {@link #atomically}. */
  public void apply(WindowEntry entry, WakeUpTargets targets) {
    StoredEvent stored = entry.stored();
    RoomId room = stored.event().room();
    for (StateChange change : stored.changes()) {
      if (change instanceof MemberChange member) {
        MembershipChanges.JoinOrLeave joinOrLeave = changes.add(room, member);
        Reader reader = readers.get(member.user());
        if (reader != null && reader.isLoaded()) {
          applyTo(reader, joinOrLeave);
        }
        targets.addUser(member.user());
      }
    }
    targets.addUser(stored.event().sender());
    targets.addRoom(room);
  }

  /** Drops the changes of events that left the window, oldest first. Call under {@link #atomically}. */
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
   * Unloads all readers, because changes were missed. Call under {@link #atomically}, after the window was restarted.
   */
  public void missedChanges() {
    changes.clear();
    readers.all().forEach(reader -> dropEmpty(reader.leaveAll()));
  }

  /**
   * Returns the rooms that a user was joined to at a position; empty if the reader is not loaded or the position has
   * left the window. Does no I/O.
   *
   * @param reader the reader of the user, held
   * @param position at most the published one
   */
  public Optional<Set<RoomId>> joinedRooms(Reader reader, long position) {
    return ifKnown(reader, position, () -> reader.joinedRoomsAt(position));
  }

  /** Returns whether a user was joined to any of some rooms at a position; empty as for {@link #joinedRooms}. */
  public Optional<Boolean> joinedAny(Reader reader, Set<RoomId> among, long position) {
    return ifKnown(reader, position, () -> reader.joinedAnyAt(among, position));
  }

  /**
   * Changes are dropped only after the window has passed them, so the read is right if the position is still inside the
   * window.
   */
  private <T> Optional<T> ifKnown(Reader reader, long position, Supplier<T> reads) {
    Optional<T> read = reader.ifLoaded(reads);
    return window.after() <= position ? read : Optional.empty();
  }

  /**
   * Adds the targets of a change of a user's presence: the user, the members and peekers of the user's rooms, and the
   * users who follow the user.
   */
  public void addAround(Reader changed, WakeUpTargets targets) {
    targets.addUser(changed.user());
    targets.addRooms(changed.recentRooms());
    atomically(() -> followers
        .getOrDefault(changed.user(), Set.of())
        .forEach(follower -> targets.addUser(follower.user())));
  }

  /**
   * Sets the settings of a held reader after a read.
   *
   * @param before the settings when the read began; if they were outdated since, the read settings are marked to be
   *     read again before the next look; if another thread has set newer ones, those stay
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

  /** Marks the settings of a user to be read again before the next poll. */
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
      throw new IllegalStateException("the reader has no hold and is forgotten: " + reader.user());
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

  /** Removes a forgotten reader from all rooms and indexes. */
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
