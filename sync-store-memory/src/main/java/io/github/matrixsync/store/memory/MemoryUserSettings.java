package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.memory.change.Listeners;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * User settings on the heap. Each setter calls the listeners on the calling thread, once the change can be read, also
 * if nothing changed; what they throw goes to that thread's uncaught exception handler. Thread-safe; never blocks on
 * I/O.
 *
 * @since 0.1.0
 */
public final class MemoryUserSettings implements SettableUserSettings {
  private final Map<UserId, Set<UserId>> ignored = new ConcurrentHashMap<>();
  private final Map<UserId, Set<RoomId>> forgotten = new ConcurrentHashMap<>();
  private final Map<UserId, Set<UserId>> presenceLists = new ConcurrentHashMap<>();
  private final Set<UserId> erased = ConcurrentHashMap.newKeySet();
  private final Set<UserId> blocksInvites = ConcurrentHashMap.newKeySet();
  private final Listeners<Consumer<UserId>> listeners = new Listeners<>();

  private MemoryUserSettings() {}

  /** Returns settings in which nothing is set. */
  public static MemoryUserSettings create() {
    return new MemoryUserSettings();
  }

  @Override
  public Set<UserId> ignored(UserId user) {
    return ignored.getOrDefault(user, Set.of());
  }

  @Override
  public Set<RoomId> forgotten(UserId user) {
    return forgotten.getOrDefault(user, Set.of());
  }

  @Override
  public Set<UserId> presenceList(UserId user) {
    return presenceLists.getOrDefault(user, Set.of());
  }

  @Override
  public Set<UserId> erased(Collection<UserId> users) {
    return among(users, erased);
  }

  @Override
  public Set<UserId> blocksInvites(Collection<UserId> users) {
    return among(users, blocksInvites);
  }

  @Override
  public Registration onChange(Consumer<UserId> listener) {
    return listeners.add(listener);
  }

  @Override
  public void setIgnored(UserId user, Set<UserId> users) {
    ignored.put(user, Set.copyOf(users));
    changed(user);
  }

  @Override
  public void forget(UserId user, RoomId room) {
    forgotten.merge(user, Set.of(room), MemoryUserSettings::union);
    changed(user);
  }

  @Override
  public void unforget(UserId user, RoomId room) {
    forgotten.computeIfPresent(user, (key, rooms) -> without(rooms, room));
    changed(user);
  }

  @Override
  public void setPresenceList(UserId user, Set<UserId> users) {
    presenceLists.put(user, Set.copyOf(users));
    changed(user);
  }

  @Override
  public void erase(UserId user) {
    erased.add(user);
    changed(user);
  }

  @Override
  public void setBlocksInvites(UserId user, boolean blocks) {
    if (blocks) {
      blocksInvites.add(user);
    } else {
      blocksInvites.remove(user);
    }
    changed(user);
  }

  private void changed(UserId user) {
    listeners.call(listener -> listener.accept(user));
  }

  private static Set<UserId> among(Collection<UserId> users, Set<UserId> marked) {
    Set<UserId> found = new HashSet<>(users);
    found.retainAll(marked);
    return Set.copyOf(found);
  }

  private static Set<RoomId> union(Set<RoomId> some, Set<RoomId> others) {
    Set<RoomId> all = new HashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }

  private static Set<RoomId> without(Set<RoomId> rooms, RoomId gone) {
    Set<RoomId> rest = new HashSet<>(rooms);
    rest.remove(gone);
    return Set.copyOf(rest);
  }
}
