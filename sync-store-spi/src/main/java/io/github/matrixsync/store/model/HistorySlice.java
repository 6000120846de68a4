package io.github.matrixsync.store.model;

import io.github.matrixsync.event.RoomId;

/**
 * A range of a room's history between two points, restricted to what a viewer may see.
 *
 * @param room the room
 * @param visible what the viewer may see
 * @param after exclusive
 * @param upTo inclusive
 * @since 0.1.0
 */
public record HistorySlice(RoomId room, Ranges visible, HistoryPoint after, HistoryPoint upTo) {}
