package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The read receipts, on the heap; lost with the process. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryReceiptStore
    extends CoalescingRole<RoomId, MemoryReceiptStore.Key, ReceiptChange>
    implements SettableReceiptStore {
  record Key(RoomId room, UserId user, String type, Optional<String> threadId) {}

  private final Map<RoomId, Set<Key>> keysByRoom = new HashMap<>(); // guarded by the lock of latest

  private MemoryReceiptStore(long firstPosition) {
    super(firstPosition);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryReceiptStore create() {
    return startingAt(1);
  }

  /**
   * Returns an empty store that begins at this position. Positions below count as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryReceiptStore startingAt(long firstPosition) {
    return new MemoryReceiptStore(firstPosition);
  }

  @Override
  public long set(ReceiptChange receipt) {
    Key key = new Key(receipt.room(), receipt.user(), receipt.type(), receipt.threadId());
    return latest.write(() -> {
      Optional<ReceiptChange> present = latest.get(key);
      if (present.isPresent() && present.get().event().equals(receipt.event())) {
        return present.get().position();
      }
      keysByRoom.computeIfAbsent(key.room(), room -> new HashSet<>()).add(key);
      return latest.put(key, receipt::withPosition);
    });
  }

  @Override
  Stream<Key> entriesOf(RoomId room) {
    return keysByRoom.getOrDefault(room, Set.of()).stream();
  }
}
