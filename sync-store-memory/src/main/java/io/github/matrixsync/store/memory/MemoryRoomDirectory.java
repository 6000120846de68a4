package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.SettableRoomDirectory;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The published rooms and the aliases of rooms, on the heap. An alias names one room. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryRoomDirectory implements SettableRoomDirectory {
  private final Object lock = new Object();
  private final Set<RoomId> published = new HashSet<>(); // guarded by lock
  private final Map<RoomAlias, RoomId> rooms = new HashMap<>(); // guarded by lock
  private final Map<RoomId, Set<RoomAlias>> aliases = new HashMap<>(); // guarded by lock

  private MemoryRoomDirectory() {}

  /** Returns an empty directory. */
  public static MemoryRoomDirectory create() {
    return new MemoryRoomDirectory();
  }

  @Override
  public Set<RoomId> published(Collection<RoomId> asked) {
    Set<RoomId> shown = new HashSet<>(asked);
    synchronized (lock) {
      shown.retainAll(published);
    }
    return Set.copyOf(shown);
  }

  @Override
  public Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> asked) {
    Map<RoomId, Set<RoomAlias>> found = new HashMap<>();
    synchronized (lock) {
      for (RoomId room : asked) {
        found.put(room, Set.copyOf(aliases.getOrDefault(room, Set.of())));
      }
    }
    return Map.copyOf(found);
  }

  @Override
  public Set<RoomId> published() {
    synchronized (lock) {
      return Set.copyOf(published);
    }
  }

  @Override
  public Optional<RoomId> resolve(RoomAlias alias) {
    synchronized (lock) {
      return Optional.ofNullable(rooms.get(alias));
    }
  }

  @Override
  public void setPublished(RoomId room, boolean isPublished) {
    synchronized (lock) {
      if (isPublished) {
        published.add(room);
      } else {
        published.remove(room);
      }
    }
  }

  @Override
  public void setAliases(RoomId room, Set<RoomAlias> names) {
    Set<RoomAlias> wanted = Set.copyOf(names);
    synchronized (lock) {
      List.copyOf(aliases.getOrDefault(room, Set.of())).forEach(this::removeAlias);
      wanted.forEach(this::removeAlias);
      wanted.forEach(alias -> addAlias(room, alias));
    }
  }

  @Override
  public boolean addAlias(RoomId room, RoomAlias alias) {
    synchronized (lock) {
      RoomId named = rooms.putIfAbsent(alias, room);
      if (named == null) {
        aliases.computeIfAbsent(room, key -> new HashSet<>()).add(alias);
      }
      return named == null || named.equals(room);
    }
  }

  @Override
  public void removeAlias(RoomAlias alias) {
    synchronized (lock) {
      RoomId room = rooms.remove(alias);
      if (room != null) {
        aliases.computeIfPresent(room, (key, names) -> without(names, alias));
      }
    }
  }

  private static @Nullable Set<RoomAlias> without(Set<RoomAlias> names, RoomAlias alias) {
    names.remove(alias);
    return names.isEmpty() ? null : names;
  }
}
