package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.SettableRoomDirectory;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A directory as plainly as it can be written. Every instance reads the same tables. Thread-safe. */
public class ReferenceDirectory implements SettableRoomDirectory {
  /** What all instances share. Guarded by its own monitor. */
  public static final class Tables {
    public final Set<RoomId> published = new HashSet<>();
    public final Map<RoomAlias, RoomId> rooms = new HashMap<>();
  }

  public final Tables tables;

  public ReferenceDirectory(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Set<RoomId> published() {
    synchronized (tables) {
      return Set.copyOf(tables.published);
    }
  }

  @Override
  public Set<RoomId> published(Collection<RoomId> rooms) {
    Set<RoomId> found = new HashSet<>(rooms);
    found.retainAll(published());
    return Set.copyOf(found);
  }

  @Override
  public Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms) {
    Map<RoomId, Set<RoomAlias>> found = new HashMap<>();
    synchronized (tables) {
      tables.rooms.forEach((alias, room) -> {
        if (rooms.contains(room)) {
          found.merge(room, Set.of(alias), ReferenceSettings::union);
        }
      });
    }
    return Map.copyOf(found);
  }

  @Override
  public Optional<RoomId> resolve(RoomAlias alias) {
    synchronized (tables) {
      return Optional.ofNullable(tables.rooms.get(alias));
    }
  }

  @Override
  public void setPublished(RoomId room, boolean isPublished) {
    synchronized (tables) {
      boolean unused = isPublished ? tables.published.add(room) : tables.published.remove(room);
    }
  }

  @Override
  public boolean addAlias(RoomId room, RoomAlias alias) {
    synchronized (tables) {
      tables.rooms.putIfAbsent(alias, room);
      return room.equals(tables.rooms.get(alias));
    }
  }

  @Override
  public void removeAlias(RoomAlias alias) {
    synchronized (tables) {
      tables.rooms.remove(alias);
    }
  }

  @Override
  public void setAliases(RoomId room, Set<RoomAlias> aliases) {
    synchronized (tables) {
      tables.rooms.values().removeIf(room::equals);
      aliases.forEach(alias -> tables.rooms.put(alias, room));
    }
  }
}
