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
 * Leaves events with damaged JSON out of answers instead of failing the answers. Each is counted and logged once, with
 * its id and room; the last 10,000 ids are remembered. Thread-safe.
 */
public final class DamagedEvents {
  private static final Logger log = LoggerFactory.getLogger("io.github.matrixsync.SyncEngine");
  private static final int REMEMBERED = 10_000;

  private final Cache<EventId, Boolean> reported =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final AtomicLong count = new AtomicLong();

  DamagedEvents() {}

  /** Encodes an event, with the content of the event that it replaced if that is shown. */
  public interface Encoding {
    /**
     * Returns the encoded event.
     *
     * @throws InvalidEventException if the JSON of one of the events is damaged
     */
    EncodedEvent encode(StoredEvent event, Optional<StoredEvent> replaced);
  }

  /**
   * Returns the encoded event, or empty if it is damaged. If only the event that it replaced or its redaction is
   * damaged, that is left out.
   */
  public Optional<EncodedEvent> encode(
      StoredEvent event, Optional<StoredEvent> replaced, Encoding encoding) {
    try {
      return Optional.of(encoding.encode(event, replaced));
    } catch (InvalidEventException e) {
      return showable(event).map(shown -> encoding.encode(shown, replaced.flatMap(this::showable)));
    }
  }

  /**
   * Returns an encoded list of events without those that are damaged.
   *
   * @param replaced returns the event that an event replaced, if its content is to be shown
   */
  EncodedEvents encode(
      EventForm form,
      List<StoredEvent> list,
      Function<StoredEvent, Optional<StoredEvent>> replaced) {
    try {
      return EncodedEvents.of(form, list, replaced);
    } catch (InvalidEventException e) {
      List<StoredEvent> shown =
          list.stream().map(this::showable).flatMap(Optional::stream).toList();
      return EncodedEvents.of(form, shown, event -> replaced.apply(event).flatMap(this::showable));
    }
  }

  /** Returns the number of damaged events found. */
  public long count() {
    return count.get();
  }

  private Optional<StoredEvent> showable(StoredEvent event) {
    return DamageCheck.showable(event, this::report);
  }

  private void report(RoomEvent event, InvalidEventException cause) {
    if (reported.asMap().putIfAbsent(event.id(), true) == null) {
      count.incrementAndGet();
      log.warn(
          "event {} of room {} is left out of answers because its JSON is damaged, correct it in the store: {}",
          event.id(),
          event.room(),
          cause.getMessage());
    }
  }
}
