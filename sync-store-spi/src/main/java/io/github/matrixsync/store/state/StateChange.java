package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import java.util.Optional;

/**
 * A change of one entry of a room's state at a position. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface StateChange permits MemberChange, VisibilityChange, EntryChange {
  /** Returns the position at which the entry changed: that of the event with which the change was appended. */
  long position();

  /** Returns the event type of the entry. */
  String type();

  /** Returns the state key of the entry. */
  String stateKey();

  /**
   * Returns the state event that is the entry from this position on; empty if the entry was removed. It need not be the
   * event at this position.
   */
  Optional<EventId> event();
}
