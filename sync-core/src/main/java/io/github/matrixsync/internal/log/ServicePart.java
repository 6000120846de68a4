package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.RoomId;
import java.util.Set;

/**
 * The room events of one look of an application service.
 *
 * @param part the events
 * @param entered the rooms into which, with one of these events, the first of the service's users came
 */
public record ServicePart(RoomPart part, Set<RoomId> entered) {}
