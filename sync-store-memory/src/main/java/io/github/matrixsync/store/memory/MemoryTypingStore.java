package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.store.memory.change.TypingDeadlines;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The typing users of rooms, on the heap; lost with the process. A room in which everyone has stopped keeps its entry,
 * with no users. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryTypingStore extends CoalescingRole<RoomId, RoomId, TypingChange>
    implements SettableTypingStore {
  private final TypingDeadlines deadlines = new TypingDeadlines(); // guarded by the lock of latest
  private volatile @Nullable Instant nextDeadline;

  private MemoryTypingStore(long firstPosition) {
    super(firstPosition);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryTypingStore create() {
    return startingAt(1);
  }

  /**
   * Returns an empty store that begins at this position. Positions below count as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryTypingStore startingAt(long firstPosition) {
    return new MemoryTypingStore(firstPosition);
  }

  @Override
  public Optional<Instant> nextDeadline() {
    return Optional.ofNullable(nextDeadline);
  }

  @Override
  public void start(RoomId room, UserId user, Instant deadline) {
    write(() -> deadlines.set(room, user, deadline) ? Set.of(room) : Set.of());
  }

  @Override
  public void stop(RoomId room, UserId user) {
    write(() -> deadlines.remove(room, user) ? Set.of(room) : Set.of());
  }

  @Override
  public void expire(Instant now) {
    Instant next = nextDeadline;
    if (next != null && !next.isAfter(now)) {
      write(() -> deadlines.removeUpTo(now));
    }
  }

  @Override
  Stream<RoomId> entriesOf(RoomId room) {
    return Stream.of(room);
  }

  /**
   * Runs a change of deadlines, and gives a new entry to each room that it returns. Calls the listeners also if the
   * next deadline has become earlier (rule T2).
   */
  private void write(Supplier<Set<RoomId>> change) {
    boolean sooner = latest.write(() -> {
      Set<RoomId> rooms = change.get();
      for (RoomId room : rooms) {
        latest.put(room, position -> new TypingChange(position, room, deadlines.typing(room)));
      }
      Instant before = nextDeadline;
      Instant next = deadlines.next().orElse(null);
      nextDeadline = next;
      return rooms.isEmpty() && before != null && next != null && next.isBefore(before);
    });
    if (sooner) {
      latest.signal();
    }
  }
}
