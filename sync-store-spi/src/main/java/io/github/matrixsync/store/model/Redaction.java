package io.github.matrixsync.store.model;

import io.github.matrixsync.event.RoomEvent;

/**
 * The redaction that applies to an event.
 *
 * @param event the event that redacts
 * @param redacted whether {@code event} is redacted itself, so that its own content must not be shown either
 * @since 0.1.0
 */
public record Redaction(RoomEvent event, boolean redacted) {}
