package io.github.matrixsync.store.timeline;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.HistoryPoint;
import java.util.Objects;

/**
 * An event that relates to another one. The event itself is read by its id.
 *
 * @param event the child's id
 * @param sender who sent it
 * @param type its type
 * @param originServerTs the sending server's time, milliseconds since the epoch
 * @param point its place in the room's history
 * @since 0.1.0
 */
public record Child(
    EventId event, UserId sender, String type, long originServerTs, HistoryPoint point) {
  /** Checks that nothing is null. */
  public Child {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(sender, "sender");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(point, "point");
  }
}
