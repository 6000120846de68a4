/**
 * The identifiers, events and JSON that a host and the sync core exchange. All are immutable and pure: no I/O, no
 * clock, no threads.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.event.UserId}, {@link io.github.matrixsync.event.RoomId},
 *       {@link io.github.matrixsync.event.EventId}, {@link io.github.matrixsync.event.RoomAlias}: the identifiers,
 *       which {@code Identifiers} checks; {@link io.github.matrixsync.event.InvalidIdException} is thrown if a text is
 *       none
 *   <li>{@link io.github.matrixsync.event.DeviceId}: the identifier of a user's device
 *   <li>{@link io.github.matrixsync.event.Membership}, {@link io.github.matrixsync.event.HistoryVisibility}: the two
 *       kinds of state that decide who sees what
 *   <li>{@link io.github.matrixsync.event.RoomVersion}: which of the specification's rules a room's events follow
 *   <li>{@link io.github.matrixsync.event.RawJson}: JSON as the host has it, byte for byte
 *   <li>{@link io.github.matrixsync.event.RoomEvent}: one accepted event with its envelope
 *   <li>{@link io.github.matrixsync.event.Relation}: how an event relates to an earlier one
 * </ul>
 */
@NullMarked
package io.github.matrixsync.event;

import org.jspecify.annotations.NullMarked;
