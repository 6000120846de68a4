package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds who joined and left the rooms of a reader since a position: in the window, or, if it does not reach back, by
 * comparing the members of then and now. May block, unless told not to. Thread-safe.
 */
final class RecentJoins {
  private final Window window;
  private final SharedRooms sharedRooms;

  RecentJoins(Window window, SharedRooms sharedRooms) {
    this.window = window;
    this.sharedRooms = sharedRooms;
  }

  /**
   * Returns the joins and leaves in {@code (after, upTo]} of rooms that the reader is joined to as of {@code upTo};
   * empty if a store must be read and {@code mayBlock} is false.
   */
  Optional<JoinsAndLeaves> find(
      Reader reader, Set<RoomId> joined, long after, long upTo, boolean mayBlock) {
    Optional<JoinsAndLeaves> recent = inWindow(reader, joined, after, upTo);
    return recent.isPresent() || !mayBlock
        ? recent
        : Optional.of(compare(reader, joined, after, upTo));
  }

  private Optional<JoinsAndLeaves> inWindow(
      Reader reader, Set<RoomId> joined, long after, long upTo) {
    Window.View view = window.view();
    if (view.after() > after) {
      return Optional.empty();
    }
    List<StoredEvent> events = new ArrayList<>();
    for (int i = view.indexAfter(after); i < view.end(); i++) {
      WindowEntry entry = view.entry(i);
      if (entry.position() > upTo) {
        break;
      }
      StoredEvent stored = entry.stored();
      if (JoinsAndLeaves.areIn(stored) && joined.contains(stored.event().room())) {
        events.add(stored);
      }
    }
    return window.after() <= after
        ? Optional.of(JoinsAndLeaves.of(events, reader.user()))
        : Optional.empty();
  }

  /** Returns the difference of the members at both ends; who left and came again is not in it. */
  private JoinsAndLeaves compare(Reader reader, Set<RoomId> joined, long after, long upTo) {
    Set<RoomId> entered = new HashSet<>(joined);
    Set<RoomId> kept = new HashSet<>(joined);
    Set<RoomId> before = sharedRooms.roomsOf(reader, after, true).orElseThrow();
    entered.removeAll(before);
    kept.retainAll(before);
    Map<RoomId, Set<UserId>> then = sharedRooms.membersByRoom(kept, after);
    Map<RoomId, Set<UserId>> now = sharedRooms.membersByRoom(kept, upTo);
    Map<RoomId, Set<UserId>> came = new HashMap<>();
    Map<RoomId, Set<UserId>> changed = new HashMap<>();
    for (RoomId room : kept) {
      Set<UserId> old = then.getOrDefault(room, Set.of());
      Set<UserId> current = now.getOrDefault(room, Set.of());
      Set<UserId> joiners = without(current, old);
      Set<UserId> moved = without(old, current);
      moved.addAll(joiners);
      if (!moved.isEmpty()) {
        came.put(room, joiners);
        changed.put(room, moved);
      }
    }
    return new JoinsAndLeaves(entered, came, changed);
  }

  private static Set<UserId> without(Set<UserId> users, Set<UserId> others) {
    Set<UserId> left = new HashSet<>(users);
    left.removeAll(others);
    return left;
  }
}
