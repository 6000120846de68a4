package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ReceiptChange;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.SettableReceiptStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who has read what, on the heap: forgotten with the process. Thread-safe; never blocks on I/O. */
public final class MemoryReceiptStore implements SettableReceiptStore {
  private record Key(RoomId room, UserId user, String type) {}

  private final LatestChanges<Key, ReceiptChange> latest;
  private final Map<RoomId, Set<Key>> keysByRoom = new HashMap<>(); // guarded by the lock of latest

  private MemoryReceiptStore(long firstPosition) {
    latest = new LatestChanges<>(firstPosition);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryReceiptStore create() {
    return startingAt(1);
  }

  /**
   * Returns an empty store whose first position is this one. What lies below counts as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryReceiptStore startingAt(long firstPosition) {
    return new MemoryReceiptStore(firstPosition);
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
  public List<ReceiptChange> changes(long after, long upTo, int limit) {
    return latest.changes(after, upTo, limit);
  }

  @Override
  public List<ReceiptChange> current(Collection<RoomId> rooms) {
    Set<RoomId> asked = Set.copyOf(rooms);
    return latest.read(() -> asked.stream()
        .flatMap(room -> keysByRoom.getOrDefault(room, Set.of()).stream())
        .map(latest::get)
        .flatMap(Optional::stream)
        .toList());
  }

  @Override
  public long set(ReceiptChange receipt) {
    Key key = new Key(receipt.room(), receipt.user(), receipt.type());
    return latest.write(() -> {
      Optional<ReceiptChange> present = latest.get(key);
      if (present.isPresent() && present.get().event().equals(receipt.event())) {
        return present.get().position();
      }
      keysByRoom.computeIfAbsent(key.room(), room -> new HashSet<>()).add(key);
      return latest.put(key, position -> at(receipt, position));
    });
  }

  private static ReceiptChange at(ReceiptChange receipt, long position) {
    return new ReceiptChange(
        position, receipt.room(), receipt.user(), receipt.type(), receipt.event(), receipt.at());
  }
}
