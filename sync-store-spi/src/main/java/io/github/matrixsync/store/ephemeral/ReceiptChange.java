package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The latest receipt of a user in a room: one per room, user and type.
 *
 * @param position the position of the change
 * @param room the room
 * @param user the user whose receipt it is
 * @param type the kind of receipt, {@code m.read}
 * @param event the event that was read
 * @param at when it was read; cut to the millisecond
 * @since 0.1.0
 */
// More than five parameters: one for each field of a receipt; stores fill them from columns.
public record ReceiptChange(
    long position, RoomId room, UserId user, String type, EventId event, Instant at)
    implements CoalescingStream.Change {
  /** Cuts the instant to the millisecond. */
  public ReceiptChange {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
