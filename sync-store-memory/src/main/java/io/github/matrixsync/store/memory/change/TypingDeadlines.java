package io.github.matrixsync.store.memory.change;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The typing users of each room, with their deadlines (rule T1). Guarded by the lock of its store. */
public final class TypingDeadlines {
  private record Deadline(Instant at, RoomId room, UserId user) {}

  private final Map<RoomId, Map<UserId, Instant>> byRoom = new HashMap<>();
  private final NavigableSet<Deadline> byTime = new TreeSet<>(Comparator.comparing(Deadline::at)
      .thenComparing(Deadline::room)
      .thenComparing(Deadline::user));

  /** Returns the users typing in a room, in the order in which they began. */
  public List<UserId> typing(RoomId room) {
    return List.copyOf(byRoom.getOrDefault(room, Map.of()).keySet());
  }

  /** Returns the earliest deadline. */
  public Optional<Instant> next() {
    return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().at());
  }

  /** Sets a deadline, cut to the millisecond. Returns whether the user was not typing before. */
  public boolean set(RoomId room, UserId user, Instant exact) {
    Instant deadline = exact.truncatedTo(ChronoUnit.MILLIS);
    Instant earlier =
        byRoom.computeIfAbsent(room, key -> new LinkedHashMap<>()).put(user, deadline);
    if (earlier != null) {
      byTime.remove(new Deadline(earlier, room, user));
    }
    byTime.add(new Deadline(deadline, room, user));
    return earlier == null;
  }

  /** Removes a deadline. Returns whether there was one. */
  public boolean remove(RoomId room, UserId user) {
    Map<UserId, Instant> users = byRoom.getOrDefault(room, Map.of());
    Instant deadline = users.get(user);
    if (deadline == null) {
      return false;
    }
    users.remove(user);
    if (users.isEmpty()) {
      byRoom.remove(room);
    }
    return byTime.remove(new Deadline(deadline, room, user));
  }

  /** Removes all deadlines at or before {@code now}. Returns their rooms. */
  public Set<RoomId> removeUpTo(Instant now) {
    Set<RoomId> rooms = new LinkedHashSet<>();
    while (!byTime.isEmpty() && !byTime.first().at().isAfter(now)) {
      Deadline passed = byTime.first();
      remove(passed.room(), passed.user());
      rooms.add(passed.room());
    }
    return rooms;
  }
}
