/**
 * Rooms: their state, what may be sent to them, and the write path.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Rooms}: sends events to rooms
 *   <li>{@code RoomState}: one room's current state, {@code RoomStates}: those of all rooms, read from the store
 *   <li>{@code Rules}: who may send what, {@code Refusals}: why not
 *   <li>{@code RoomVersions}: the versions that rooms can have
 *   <li>{@code PowerLevels}: the levels of a room
 *   <li>{@code Draft}: an event before it has an id
 *   <li>{@code EventFactory}: makes events of drafts
 *   <li>{@code Aliases}: room aliases
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.room;

import org.jspecify.annotations.NullMarked;
