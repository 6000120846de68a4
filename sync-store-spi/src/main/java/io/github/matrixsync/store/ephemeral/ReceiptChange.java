package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * The latest receipt of a user in a room: one per room, user, type and thread.
 *
 * @param position the position of the change
 * @param room the room
 * @param user the user whose receipt it is
 * @param type the kind of receipt, {@code m.read} or {@code m.read.private}
 * @param threadId the thread: the id of its root, or {@code main}; empty: the receipt is for all threads
 * @param event the event that was read
 * @param at when it was read; cut to the millisecond
 * @since 0.1.0
 */
// More than five parameters: one for each field of a receipt; stores fill them from columns.
public record ReceiptChange(
    long position,
    RoomId room,
    UserId user,
    String type,
    Optional<String> threadId,
    EventId event,
    Instant at)
    implements CoalescingStream.Change {
  /** Cuts the instant to the millisecond. */
  public ReceiptChange {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    Objects.requireNonNull(threadId, "thread");
  }

  /** Creates a receipt for all threads. */
  // More than five parameters: all of a receipt but its thread.
  public ReceiptChange(
      long position, RoomId room, UserId user, String type, EventId event, Instant at) {
    this(position, room, user, type, Optional.empty(), event, at);
  }

  /** Returns the same receipt at another position. */
  public ReceiptChange withPosition(long other) {
    return new ReceiptChange(other, room, user, type, threadId, event, at);
  }
}
