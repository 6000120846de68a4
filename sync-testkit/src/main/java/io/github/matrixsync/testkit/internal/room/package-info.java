/**
 * Rooms: their state, the rules by which an event may be sent to them, and the creation of events.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Rooms}: checks drafts, and appends events
 *   <li>{@code Draft}: an event before it has an id
 *   <li>{@code RoomState}: one room's current state
 *   <li>{@code Rules}: who may send what, {@code PowerLevels}: the levels of a room
 *   <li>{@code Refusals}: the exceptions for what the rules forbid
 *   <li>{@code EventFactory}: creates events from drafts
 *   <li>{@code Contents}: the contents of events
 *   <li>{@code Json}: JSON as plain Java values
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.internal.room;

import org.jspecify.annotations.NullMarked;
