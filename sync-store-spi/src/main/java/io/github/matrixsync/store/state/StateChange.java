package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import java.util.Optional;

/**
 * One entry of a room's state that changed at a position. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface StateChange permits MemberChange, VisibilityChange, EntryChange {
  /** Returns the position at which the entry changed: that of the event that brought the change. */
  long position();

  /** Returns the event type of the entry. */
  String type();

  /** Returns the state key of the entry. */
  String stateKey();

  /**
   * Returns the state event that is the entry from this position on; empty: the entry is gone. It need not be the event
   * at this position.
   */
  Optional<EventId> event();
}
