package io.github.matrixsync.store.postgres.internal.entry;

import io.github.matrixsync.store.postgres.internal.write.Servers;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a transaction read under its lock, and what it makes of them. Confined to the transaction; not
 * changed after it.
 *
 * @param <E> the identity of an entry
 * @param <V> an entry's row
 */
public final class Draft<E, V> {
  private final Map<E, V> rows = new HashMap<>();
  private final Map<E, V> changed = new LinkedHashMap<>();
  private final Servers servers;
  private final long floor;
  private long position;
  private long revision;
  private long otherDeadline = Long.MAX_VALUE;

  /**
   * Begins at the stream's head. It jumps if the server is another one than at the latest write.
   *
   * @param revision the latest one, if rows have revisions
   */
  Draft(long position, long revision, Servers servers) {
    this.servers = servers;
    floor = servers.jump() == 0 ? position : Math.max(position, revision) + servers.jump();
    this.position = floor;
    this.revision = Math.max(floor, revision);
  }

  /** Takes the next position. */
  public long nextPosition() {
    return ++position;
  }

  /** Takes the next revision. */
  public long nextRevision() {
    return ++revision;
  }

  /** Returns the stream's head. */
  public long position() {
    return position;
  }

  /** Returns the latest revision. */
  public long revision() {
    return revision;
  }

  /** Returns the position from which new ones were counted. */
  public long floor() {
    return floor;
  }

  /** Returns the server that is written to. */
  Servers servers() {
    return servers;
  }

  /** Returns of typing the earliest deadline of the rooms that were not read, in milliseconds since the epoch. */
  public long otherDeadline() {
    return otherDeadline;
  }

  /** Sets that deadline; {@link Long#MAX_VALUE} if nobody is typing there. */
  public void otherDeadline(long at) {
    otherDeadline = at;
  }

  /** Notes an entry that was read. */
  public void read(E entry, V row) {
    rows.put(entry, row);
  }

  /** Changes an entry. */
  public void put(E entry, V row) {
    rows.put(entry, row);
    changed.put(entry, row);
  }

  /** Returns an entry as it is now; null if there is none. */
  public @Nullable V get(E entry) {
    return rows.get(entry);
  }

  /** Returns all entries that were read or changed, as they are now. */
  public Collection<V> rows() {
    return List.copyOf(rows.values());
  }

  /** Returns all entries that were read or changed, as they are now. */
  public Map<E, V> entries() {
    return Map.copyOf(rows);
  }

  /** Returns the entries that changed. */
  public Map<E, V> changed() {
    return changed;
  }
}
