package io.github.matrixsync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.Redaction;
import io.github.matrixsync.store.StoredEvent;
import java.util.Optional;

/** Encodes events that were read from the store, and keeps what it encoded. What is kept is used only for an event that was read with the same redactions, so it is never out of date. Thread-safe. */
final class Encoder {
  private record Key(EventId id, boolean withReplaced) {}

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
        .build();
  }

  /** Returns the event as state and single events are shown: without the content of what it replaced. */
  EncodedEvent encode(StoredEvent event) {
    return encode(event, Optional.empty());
  }

  /** Returns the event as streams and pages show it, with the content of what it replaced. */
  EncodedEvent encode(StoredEvent event, Optional<StoredEvent> replaced) {
    Key key = new Key(event.event().id(), replaced.isPresent());
    Optional<Redaction> ofReplaced = replaced.flatMap(StoredEvent::redaction);
    Kept kept = cache.getIfPresent(key);
    if (kept == null
        || !kept.redaction().equals(event.redaction())
        || !kept.redactionOfReplaced().equals(ofReplaced)) {
      kept = new Kept(event.redaction(), ofReplaced, EventForm.V1.encode(event, replaced));
      cache.put(key, kept);
    }
    return kept.encoded();
  }
}
