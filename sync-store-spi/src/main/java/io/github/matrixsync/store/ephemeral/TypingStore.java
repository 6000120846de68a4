package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.StoreException;
import java.time.Instant;
import java.util.Optional;

/**
 * The typing users of rooms: the latest set per room. Typing ends at a deadline; the store owns no thread, and the
 * engine's timer calls {@link #expire} when a deadline has passed.
 *
 * @since 0.1.0
 */
public interface TypingStore extends CoalescingStream<RoomId, TypingChange> {
  /**
   * Returns the earliest deadline that {@link #expire} has not removed, in whole milliseconds; empty if nobody is
   * typing. Does no I/O. When it becomes earlier, listeners are called as after an advance (rules T1, T2).
   */
  Optional<Instant> nextDeadline();

  /**
   * Ends the typing of everyone whose deadline is at or before {@code now}; each room that this changes takes a new
   * position. Any node may call it, any number of times. When it has returned, {@link #nextDeadline} is empty or later
   * than {@code now}, also if another node ended what was there. May block (rule T1).
   *
   * @throws StoreException if storing failed
   */
  void expire(Instant now);
}
