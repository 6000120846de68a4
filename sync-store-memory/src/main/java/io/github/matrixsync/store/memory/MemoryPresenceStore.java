package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The presence of users, on the heap; lost with the process. A different value of any field is a change, including
 * {@code lastActive}. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryPresenceStore extends CoalescingRole<UserId, UserId, PresenceChange>
    implements SettablePresenceStore {
  private MemoryPresenceStore(long firstPosition) {
    super(firstPosition);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryPresenceStore create() {
    return startingAt(1);
  }

  /**
   * Returns an empty store that begins at this position. Positions below count as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryPresenceStore startingAt(long firstPosition) {
    return new MemoryPresenceStore(firstPosition);
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

  @Override
  Stream<UserId> entriesOf(UserId user) {
    return Stream.of(user);
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
