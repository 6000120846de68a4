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
 * Encodes events that were read from the store, and keeps what it encoded. What is kept is used only for an event that
 * was read with the same redactions, so it is never out of date. Thread-safe.
 */
public final class EncodedEventCache {
  private record Key(EventId id, EventForm form, boolean withReplaced) {}

  private record Encoded(
      Optional<Redaction> redaction,
      Optional<Redaction> redactionOfReplaced,
      EncodedEvent encoded) {}

  private final ByteCache<Key, Encoded> kept;

  /** Keeps encoded events of at most {@code maxBytes} in all. */
  EncodedEventCache(long maxBytes) {
    kept = new ByteCache<>(
        "encoded_events", maxBytes, (key, event) -> event.encoded().weight());
  }

  /** Returns how the cache fares. */
  EngineStatistics.CacheUse use() {
    return kept.use();
  }

  /**
   * Returns the event in a form. Neither what lacks something that was erased is kept, which is one viewer's, nor an
   * outlier, which may be live later with other JSON, in a place of its own.
   */
  public EncodedEvent encode(Shown shown, EventForm form) {
    if (!shown.whole() || shown.event().kind() == EventKind.OUTLIER) {
      return EncodedEvent.of(form, shown.event(), shown.replaced());
    }
    Key key = new Key(shown.event().event().id(), form, shown.replaced().isPresent());
    Optional<Redaction> redaction = shown.event().redaction();
    Optional<Redaction> ofReplaced = shown.replaced().flatMap(StoredEvent::redaction);
    Encoded ready = kept.find(
        key,
        found ->
            found.redaction().equals(redaction) && found.redactionOfReplaced().equals(ofReplaced));
    if (ready == null) {
      ready = new Encoded(
          redaction, ofReplaced, EncodedEvent.of(form, shown.event(), shown.replaced()));
      kept.put(key, ready);
    }
    return ready.encoded();
  }
}
