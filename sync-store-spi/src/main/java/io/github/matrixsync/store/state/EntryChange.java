package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import java.util.Optional;

/**
 * A state entry changed that is neither a membership nor the history visibility.
 *
 * @param position where it changed
 * @param type the event type of the entry
 * @param stateKey the state key of the entry
 * @param event the state event from the position on; empty if the entry is gone
 * @since 0.1.0
 */
public record EntryChange(long position, String type, String stateKey, Optional<EventId> event)
    implements StateChange {}
