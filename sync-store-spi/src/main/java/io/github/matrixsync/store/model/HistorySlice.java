package io.github.matrixsync.store.model;

import io.github.matrixsync.event.RoomId;

/**
 * The part of a room's history that lies after one point, up to another, and within what a viewer may see.
 *
 * @param room the room
 * @param visible what the viewer may see
 * @param after exclusive
 * @param upTo inclusive
 * @since 0.1.0
 */
public record HistorySlice(RoomId room, Ranges visible, HistoryPoint after, HistoryPoint upTo) {}
