/**
 * Rooms: their state, what may be sent to them, and how it becomes an event.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Rooms}: checks drafts, and appends events
 *   <li>{@code Draft}: an event before it has an id
 *   <li>{@code RoomState}: one room's current state
 *   <li>{@code Rules}: who may send what, {@code PowerLevels}: the levels of a room
 *   <li>{@code Refusals}: what is said when the rules forbid something
 *   <li>{@code EventFactory}: makes events of drafts
 *   <li>{@code Contents}: what clients send
 *   <li>{@code Json}: JSON as plain Java values
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.internal.room;

import org.jspecify.annotations.NullMarked;
