package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far a user has read a room: one entry per room, user and type.
 *
 * @param position where it changed
 * @param room the room
 * @param user whose receipt it is
 * @param type the kind of receipt, {@code m.read}
 * @param event the event that was read
 * @param at when it was read; cut to the millisecond
 * @since 0.1.0
 */
public record ReceiptChange(
    long position, RoomId room, UserId user, String type, EventId event, Instant at)
    implements CoalescingStream.Change {
  /** Cuts the instant to the millisecond. */
  public ReceiptChange {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
