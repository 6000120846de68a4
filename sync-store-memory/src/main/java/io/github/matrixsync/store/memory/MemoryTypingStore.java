package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.SettableTypingStore;
import io.github.matrixsync.store.TypingChange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is typing where, on the heap: forgotten with the process. A room in which everyone has stopped keeps its entry, with no users. Thread-safe; never blocks on I/O. */
public final class MemoryTypingStore implements SettableTypingStore {
  private final LatestChanges<RoomId, TypingChange> latest;
  private final TypingDeadlines deadlines = new TypingDeadlines(); // guarded by the lock of latest
  private volatile @Nullable Instant nextDeadline;

  private MemoryTypingStore(long firstPosition) {
    latest = new LatestChanges<>(firstPosition);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryTypingStore create() {
    return startingAt(1);
  }

  /**
   * Returns an empty store whose first position is this one. What lies below counts as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryTypingStore startingAt(long firstPosition) {
    return new MemoryTypingStore(firstPosition);
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
  public List<TypingChange> changes(long after, long upTo, int limit) {
    return latest.changes(after, upTo, limit);
  }

  @Override
  public List<TypingChange> current(Collection<RoomId> rooms) {
    Set<RoomId> asked = Set.copyOf(rooms);
    return latest.read(
        () -> asked.stream().map(latest::get).flatMap(Optional::stream).toList());
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

  /** Runs a change of deadlines, and gives a new entry to each room that it returns. If the next deadline comes sooner by it, the listeners are told of that too. */
  private void write(Supplier<Set<RoomId>> change) {
    boolean isSooner = latest.write(() -> {
      Set<RoomId> rooms = change.get();
      for (RoomId room : rooms) {
        latest.put(room, position -> new TypingChange(position, room, deadlines.typing(room)));
      }
      Instant before = nextDeadline;
      Instant next = deadlines.next().orElse(null);
      nextDeadline = next;
      return rooms.isEmpty() && before != null && next != null && next.isBefore(before);
    });
    if (isSooner) {
      latest.signal();
    }
  }
}
