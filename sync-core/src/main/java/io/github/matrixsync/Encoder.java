package io.github.matrixsync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.domain.Erasure.Shown;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.Redaction;
import io.github.matrixsync.store.StoredEvent;
import java.util.Optional;

/** Encodes events that were read from the store, and keeps what it encoded. What is kept is used only for an event that was read with the same redactions, so it is never out of date. Thread-safe. */
final class Encoder {
  private record Key(EventId id, EventForm form, boolean withReplaced) {}

  private record Kept(
      Optional<Redaction> redaction,
      Optional<Redaction> redactionOfReplaced,
      EncodedEvent encoded) {}

  private final Cache<Key, Kept> cache;

  /** Keeps encoded events of at most {@code maxBytes} in all. */
  Encoder(long maxBytes) {
    cache = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher((Key key, Kept kept) -> kept.encoded().weight())
        .executor(Runnable::run)
        .recordStats()
        .build();
  }

  /** Returns how the cache fares. */
  EngineStatistics.CacheUse use() {
    return CacheUses.of("encoded_events", cache);
  }

  /** Returns the event in a form. What lacks something that was erased is one viewer's, and is not kept. */
  EncodedEvent encode(Shown shown, EventForm form) {
    if (!shown.whole()) {
      return form.encode(shown.event(), shown.replaced());
    }
    Key key = new Key(shown.event().event().id(), form, shown.replaced().isPresent());
    Optional<Redaction> redaction = shown.event().redaction();
    Optional<Redaction> ofReplaced = shown.replaced().flatMap(StoredEvent::redaction);
    Kept kept = cache.getIfPresent(key);
    if (kept == null
        || !kept.redaction().equals(redaction)
        || !kept.redactionOfReplaced().equals(ofReplaced)) {
      kept = new Kept(redaction, ofReplaced, form.encode(shown.event(), shown.replaced()));
      cache.put(key, kept);
    }
    return kept.encoded();
  }
}
