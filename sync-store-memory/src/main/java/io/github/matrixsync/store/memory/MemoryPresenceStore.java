package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.PresenceChange;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.SettablePresenceStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is there, on the heap: forgotten with the process. Every part of an entry counts as a change, when the user was last active included. Thread-safe; never blocks on I/O. */
public final class MemoryPresenceStore implements SettablePresenceStore {
  private final LatestChanges<UserId, PresenceChange> latest;

  private MemoryPresenceStore(long firstPosition) {
    latest = new LatestChanges<>(firstPosition);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryPresenceStore create() {
    return startingAt(1);
  }

  /**
   * Returns an empty store whose first position is this one. What lies below counts as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryPresenceStore startingAt(long firstPosition) {
    return new MemoryPresenceStore(firstPosition);
  }

  @Override
  public long watermark() {
    return latest.watermark();
  }

  @Override
  public long retainedAfter() {
    return latest.retainedAfter();
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return latest.onAdvance(listener);
  }

  @Override
  public List<PresenceChange> changes(long after, long upTo, int limit) {
    return latest.changes(after, upTo, limit);
  }

  @Override
  public List<PresenceChange> current(Collection<UserId> users) {
    Set<UserId> asked = Set.copyOf(users);
    return latest.read(
        () -> asked.stream().map(latest::get).flatMap(Optional::stream).toList());
  }

  @Override
  public long set(PresenceChange presence) {
    return latest.write(() -> {
      Optional<PresenceChange> present = latest.get(presence.user());
      if (present.isPresent() && present.get().equals(at(presence, present.get().position()))) {
        return present.get().position();
      }
      return latest.put(presence.user(), position -> at(presence, position));
    });
  }

  private static PresenceChange at(PresenceChange presence, long position) {
    return new PresenceChange(
        position,
        presence.user(),
        presence.state(),
        presence.statusMessage(),
        presence.lastActive(),
        presence.displayName(),
        presence.avatarUrl());
  }
}
