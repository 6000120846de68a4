package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Finds events with damaged JSON, which is not an object or whose content is not one. Pure. */
public final class DamageCheck {
  private static final RawJson NOTHING = RawJson.of("{}");

  private DamageCheck() {}

  /**
   * Returns an event without damaged parts, or empty if it is damaged itself. A damaged redaction is replaced by its
   * envelope alone.
   *
   * @param onDamage receives each damaged event and the reason
   */
  public static Optional<StoredEvent> showable(
      StoredEvent event, BiConsumer<RoomEvent, InvalidEventException> onDamage) {
    if (isDamaged(event.event(), onDamage)) {
      return Optional.empty();
    }
    Optional<Redaction> redaction = event.redaction().map(original -> showable(original, onDamage));
    return Optional.of(event.withRedaction(redaction));
  }

  private static Redaction showable(
      Redaction redaction, BiConsumer<RoomEvent, InvalidEventException> onDamage) {
    RoomEvent event = redaction.event();
    if (!isDamaged(event, onDamage)) {
      return redaction;
    }
    return new Redaction(event.toBuilder().json(NOTHING).build(), redaction.redacted());
  }

  private static boolean isDamaged(
      RoomEvent event, BiConsumer<RoomEvent, InvalidEventException> onDamage) {
    try {
      ClientFields.of(event).writeContent(new JsonWriter<>(event.json().length()));
      return false;
    } catch (InvalidEventException e) {
      onDamage.accept(event, e);
      return true;
    }
  }
}
