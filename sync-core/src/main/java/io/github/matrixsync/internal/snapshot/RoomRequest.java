package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;

/**
 * A request for a snapshot of one room. Immutable.
 *
 * @param user the viewer
 * @param room the room
 * @param limit the most messages
 * @param form in which events are shown
 */
public record RoomRequest(UserId user, RoomId room, int limit, EventForm form) {}
