package io.github.matrixsync.store.model;

import io.github.matrixsync.event.RoomEvent;

/**
 * The redaction that counts for an event.
 *
 * @param event the event that redacts
 * @param redacted whether a redaction counts for {@code event} in its turn, so that its own content must not be shown
 *     either
 * @since 0.1.0
 */
public record Redaction(RoomEvent event, boolean redacted) {}
