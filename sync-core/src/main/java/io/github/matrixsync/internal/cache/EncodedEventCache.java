package io.github.matrixsync.internal.cache;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.visibility.Erasure.Shown;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Optional;

/**
 * Encodes single events and caches the result. An entry is used only if the event was read with the same redactions, so
 * it is never out of date. Thread-safe.
 */
public final class EncodedEventCache {
  private record Key(EventId id, EventForm form, boolean withReplaced) {}

  private record Encoded(
      Optional<Redaction> redaction,
      Optional<Redaction> redactionOfReplaced,
      EncodedEvent encoded) {}

  private final ByteCache<Key, Encoded> cache;

  /** Makes a cache of at most {@code maxBytes}. */
  EncodedEventCache(long maxBytes) {
    cache = new ByteCache<>(
        "encoded_events", maxBytes, (key, event) -> event.encoded().weight());
  }

  /** Returns the cache's statistics. */
  EngineStatistics.CacheUse use() {
    return cache.use();
  }

  /**
   * Returns an event encoded in a form. An event with something erased is not cached, because it is for one viewer; nor
   * is an outlier, because it may become live later with other JSON.
   */
  public EncodedEvent encode(Shown shown, EventForm form) {
    if (!shown.whole() || shown.event().kind() == EventKind.OUTLIER) {
      return EncodedEvent.of(form, shown.event(), shown.replaced());
    }
    Key key = new Key(shown.event().event().id(), form, shown.replaced().isPresent());
    Optional<Redaction> redaction = shown.event().redaction();
    Optional<Redaction> ofReplaced = shown.replaced().flatMap(StoredEvent::redaction);
    Encoded cached = cache.find(
        key,
        found ->
            found.redaction().equals(redaction) && found.redactionOfReplaced().equals(ofReplaced));
    if (cached == null) {
      cached = new Encoded(
          redaction, ofReplaced, EncodedEvent.of(form, shown.event(), shown.replaced()));
      cache.put(key, cached);
    }
    return cached.encoded();
  }
}
