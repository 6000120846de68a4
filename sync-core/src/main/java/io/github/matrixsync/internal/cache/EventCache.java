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
 * Caches single events by id; an entry is current as long as nothing in its room was redacted since it was read. May
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
  private final ByteCache<EventId, Read> cache;

  EventCache(EventStore events, LastChanges changes, long maxBytes) {
    this.events = events;
    this.changes = changes;
    this.cache = new ByteCache<>(
        "events",
        maxBytes,
        (id, read) -> BARE_WEIGHT + read.event().event().json().length());
  }

  /** Returns those of the events that exist, with at most one store read. */
  public Map<EventId, StoredEvent> find(Collection<EventId> ids) {
    LastChanges.Moment now = changes.now();
    Map<EventId, StoredEvent> found = new HashMap<>();
    List<EventId> missing = new ArrayList<>();
    for (EventId id : ids) {
      Read read = cache.find(id, r -> changes.isIntact(r.room(), r.at(), now));
      if (read == null) {
        missing.add(id);
      } else {
        found.put(id, read.event());
      }
    }
    if (!missing.isEmpty()) {
      events.events(missing).forEach((id, event) -> {
        found.put(id, event);
        put(id, new Read(event, now));
      });
    }
    return found;
  }

  /**
   * Returns the state events that the given events replaced, with at most one store read. One that is itself among the
   * given events is taken from there, so that an event looks the same everywhere in one list.
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

  /** Caches an event unless it is an outlier, whose JSON may change when it becomes live. */
  private void put(EventId id, Read read) {
    if (read.event().kind() != EventKind.OUTLIER) {
      cache.put(id, read);
    }
  }

  EngineStatistics.CacheUse use() {
    return cache.use();
  }
}
