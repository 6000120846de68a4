package io.github.matrixsync.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.encoding.DamageCheck;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves events out of answers whose JSON is damaged, instead of failing the answers. Each is counted, and logged with
 * its id and room, when it is met first; of the many that a broken store may have, the last ten thousand are
 * remembered. Thread-safe.
 */
public final class DamagedEvents {
  private static final Logger log = LoggerFactory.getLogger("io.github.matrixsync.SyncEngine");
  private static final int REMEMBERED = 10_000;

  private final Cache<EventId, Boolean> met =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final AtomicLong count = new AtomicLong();

  DamagedEvents() {}

  /** Encodes an event with the content of what it replaced, if that is shown. */
  public interface Encoding {
    /**
     * Returns the event encoded.
     *
     * @throws InvalidEventException if the JSON of one of the events is damaged
     */
    EncodedEvent encode(StoredEvent event, Optional<StoredEvent> replaced);
  }

  /**
   * Returns an event encoded; empty if it is damaged. What it replaced and what redacts it, if one of these is damaged,
   * is left out of it.
   */
  public Optional<EncodedEvent> encode(
      StoredEvent event, Optional<StoredEvent> replaced, Encoding encoding) {
    try {
      return Optional.of(encoding.encode(event, replaced));
    } catch (InvalidEventException e) {
      return without(event).map(shown -> encoding.encode(shown, replaced.flatMap(this::without)));
    }
  }

  /**
   * Returns a list of events encoded, without those that are damaged.
   *
   * @param replaced gives for an event the one that it replaced, if its content is to be shown
   */
  EncodedEvents encode(
      EventForm form,
      List<StoredEvent> list,
      Function<StoredEvent, Optional<StoredEvent>> replaced) {
    try {
      return EncodedEvents.of(form, list, replaced);
    } catch (InvalidEventException e) {
      List<StoredEvent> shown =
          list.stream().map(this::without).flatMap(Optional::stream).toList();
      return EncodedEvents.of(form, shown, event -> replaced.apply(event).flatMap(this::without));
    }
  }

  /** Returns how many were met. */
  public long count() {
    return count.get();
  }

  private Optional<StoredEvent> without(StoredEvent event) {
    return DamageCheck.without(event, this::meet);
  }

  private void meet(RoomEvent event, InvalidEventException how) {
    if (met.asMap().putIfAbsent(event.id(), true) == null) {
      count.incrementAndGet();
      log.warn(
          "event {} of room {} is left out of answers, its JSON is damaged: {}",
          event.id(),
          event.room(),
          how.getMessage());
    }
  }
}
