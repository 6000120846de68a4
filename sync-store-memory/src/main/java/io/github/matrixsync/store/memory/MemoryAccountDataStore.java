package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The account data of users, on the heap; lost with the process. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryAccountDataStore
    extends CoalescingRole<UserId, MemoryAccountDataStore.Key, AccountDataChange>
    implements SettableAccountDataStore {
  record Key(UserId user, Optional<RoomId> room, String type) {}

  private final Map<UserId, Set<Key>> keysByUser = new HashMap<>(); // guarded by the lock of latest

  private MemoryAccountDataStore(long firstPosition) {
    super(firstPosition);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryAccountDataStore create() {
    return startingAt(1);
  }

  /**
   * Returns an empty store that begins at this position. Positions below count as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryAccountDataStore startingAt(long firstPosition) {
    return new MemoryAccountDataStore(firstPosition);
  }

  @Override
  public long set(AccountDataChange entry) {
    Key key = new Key(entry.user(), entry.room(), entry.type());
    return latest.write(() -> {
      Optional<AccountDataChange> present = latest.get(key);
      if (present.isPresent() && present.get().content().equals(entry.content())) {
        return present.get().position();
      }
      keysByUser.computeIfAbsent(key.user(), user -> new HashSet<>()).add(key);
      return latest.put(key, position -> at(entry, position));
    });
  }

  @Override
  Stream<Key> entriesOf(UserId user) {
    return keysByUser.getOrDefault(user, Set.of()).stream();
  }

  private static AccountDataChange at(AccountDataChange entry, long position) {
    return new AccountDataChange(
        position, entry.user(), entry.room(), entry.type(), entry.content());
  }
}
