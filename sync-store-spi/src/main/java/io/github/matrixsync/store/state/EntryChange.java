package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import java.util.Optional;

/**
 * A change of a state entry other than a membership or the history visibility.
 *
 * @param position the position of the change
 * @param type the event type of the entry
 * @param stateKey the state key of the entry
 * @param event the state event from the position on; empty if the entry was removed
 * @since 0.1.0
 */
public record EntryChange(long position, String type, String stateKey, Optional<EventId> event)
    implements StateChange {}
