package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.EventKind;
import io.github.matrixsync.store.Redaction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The redactions of one room that count, by target, whether the target is known yet or not (rule D1). Guarded by the store's lock. */
final class Redactions {
  private record Counting(RoomEvent event, EventKind kind) {}

  private final Map<EventId, Counting> byTarget = new HashMap<>();

  /** Returns the redaction that counts for an event of this room. */
  Optional<Redaction> of(EventId target) {
    return Optional.ofNullable(byTarget.get(target))
        .map(Counting::event)
        .map(event -> new Redaction(event, byTarget.containsKey(event.id())));
  }

  /** Takes an event that redacts {@code target}, and returns whether it is the one that counts now. */
  boolean add(EventId target, RoomEvent event, EventKind kind) {
    Counting present = byTarget.get(target);
    boolean counts = switch (kind) {
      case OUTLIER -> false;
      case LIVE -> present == null || present.kind() == EventKind.BACKFILL;
      case BACKFILL -> present == null;
    };
    if (counts) {
      byTarget.put(target, new Counting(event, kind));
    }
    return counts;
  }

  /** Drops what counts for an event that is gone for good. */
  void forget(EventId target) {
    byTarget.remove(target);
  }
}
