package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Single events by their ids, from memory as long as nothing in their room was redacted since they were read. May
 * block. Thread-safe.
 */
public final class EventCache {
  private static final int BARE_WEIGHT = 700;

  private record Read(StoredEvent event, LastChanges.Moment at) {
    RoomId room() {
      return event.event().room();
    }
  }

  private final EventStore events;
  private final LastChanges changes;
  private final ByteCache<EventId, Read> kept;

  EventCache(EventStore events, LastChanges changes, long maxBytes) {
    this.events = events;
    this.changes = changes;
    this.kept = new ByteCache<>(
        "events",
        maxBytes,
        (id, read) -> BARE_WEIGHT + read.event().event().json().length());
  }

  /** Returns those of the events that are known, in one read if any of them has to be read. */
  public Map<EventId, StoredEvent> find(Collection<EventId> ids) {
    LastChanges.Moment now = changes.now();
    Map<EventId, StoredEvent> found = new HashMap<>();
    List<EventId> missing = new ArrayList<>();
    for (EventId id : ids) {
      Read read = kept.find(id, r -> changes.isIntact(r.room(), r.at(), now));
      if (read == null) {
        missing.add(id);
      } else {
        found.put(id, read.event());
      }
    }
    if (!missing.isEmpty()) {
      events.events(missing).forEach((id, event) -> {
        found.put(id, event);
        keep(id, new Read(event, now));
      });
    }
    return found;
  }

  /**
   * Returns the state events that others replaced, in one read if any has to be read. One that is among the others is
   * taken from there: in one list an event looks the same everywhere.
   */
  public Map<EventId, StoredEvent> replacedBy(Collection<StoredEvent> newer) {
    Set<EventId> ids = new HashSet<>();
    newer.forEach(event -> event.replaces().ifPresent(ids::add));
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<EventId, StoredEvent> replaced = new HashMap<>();
    for (StoredEvent event : newer) {
      if (ids.remove(event.event().id())) {
        replaced.put(event.event().id(), event);
      }
    }
    replaced.putAll(ids.isEmpty() ? Map.of() : find(ids));
    return replaced;
  }

  /** Keeps an event, unless it is an outlier: that one becomes another when it is live. */
  private void keep(EventId id, Read read) {
    if (read.event().kind() != EventKind.OUTLIER) {
      kept.put(id, read);
    }
  }

  EngineStatistics.CacheUse use() {
    return kept.use();
  }
}
