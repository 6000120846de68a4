package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.RoomDirectory;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A directory as plainly as it can be written. Thread-safe. */
public class ReferenceDirectory implements RoomDirectory {
  public final Set<RoomId> published = new HashSet<>(); // guarded by this
  public final Map<RoomId, Set<RoomAlias>> aliases = new HashMap<>(); // guarded by this

  public synchronized void setPublished(RoomId room, boolean isPublished) {
    boolean unused = isPublished ? published.add(room) : published.remove(room);
  }

  public synchronized void setAliases(RoomId room, Set<RoomAlias> names) {
    aliases.put(room, Set.copyOf(names));
  }

  @Override
  public synchronized Set<RoomId> published(Collection<RoomId> rooms) {
    Set<RoomId> found = new HashSet<>(rooms);
    found.retainAll(published);
    return Set.copyOf(found);
  }

  @Override
  public synchronized Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms) {
    Map<RoomId, Set<RoomAlias>> found = new HashMap<>(aliases);
    found.keySet().retainAll(rooms);
    return Map.copyOf(found);
  }
}
