package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Indexes by target the redactions that apply in one room, whether the target is known yet or not (rule D1). Guarded by
 * the store's lock.
 */
final class Redactions {
  private record Counting(RoomEvent event, EventKind kind) {}

  private final Map<EventId, Counting> byTarget = new HashMap<>();
  private final Map<EventId, EventId> targets = new HashMap<>();

  /** Returns the redaction that applies to an event of this room. */
  Optional<Redaction> of(EventId target) {
    return Optional.ofNullable(byTarget.get(target))
        .map(Counting::event)
        .map(event -> new Redaction(event, byTarget.containsKey(event.id())));
  }

  /**
   * Adds an event that redacts {@code target}. Returns the events for which the result of {@link #of} has changed: the
   * target, and the event that the target itself redacts.
   */
  Set<EventId> add(EventId target, RoomEvent event, EventKind kind) {
    Counting present = byTarget.get(target);
    if (!counts(kind, present)) {
      return Set.of();
    }
    if (present != null) {
      targets.remove(present.event().id());
    }
    byTarget.put(target, new Counting(event, kind));
    targets.put(event.id(), target);
    Set<EventId> changed = new HashSet<>(Set.of(target));
    Optional.ofNullable(targets.get(target)).ifPresent(changed::add);
    return changed;
  }

  /** Drops the redaction of a purged event, unless reads may still return that event as a redaction. */
  void forget(EventId target) {
    if (!targets.containsKey(target)) {
      Optional.ofNullable(byTarget.remove(target))
          .ifPresent(redaction -> targets.remove(redaction.event().id()));
    }
  }

  private static boolean counts(EventKind kind, @Nullable Counting present) {
    return switch (kind) {
      case OUTLIER -> false;
      case LIVE -> present == null || present.kind() == EventKind.BACKFILL;
      case BACKFILL -> present == null;
    };
  }
}
