/**
 * The rules of v1 sync, pure: no store, clock, thread or I/O.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.domain.PaginationToken}, {@link io.github.matrixsync.domain.StreamToken}, {@link io.github.matrixsync.domain.HistoryToken}: where a client stands
 *   <li>{@link io.github.matrixsync.domain.RoomView}: what one viewer may see of one room
 *   <li>{@link io.github.matrixsync.domain.ServiceNamespaces}: what an application service registered for
 *   <li>{@link io.github.matrixsync.domain.RoomEvents}: from the host's JSON to an event's envelope
 *   <li>{@link io.github.matrixsync.domain.EventForm}, {@link io.github.matrixsync.domain.EphemeralEvents}: from what is stored to what clients get, as an {@link io.github.matrixsync.domain.EncodedEvent}, or {@link io.github.matrixsync.domain.EncodedEvents} as a list
 *   <li>{@link io.github.matrixsync.domain.Damage}: events that cannot be shown
 *   <li>{@link io.github.matrixsync.domain.ClientEvent}, {@link io.github.matrixsync.domain.ClientEvents}: an encoded event, or list of them, in one answer
 * </ul>
 */
@NullMarked
package io.github.matrixsync.domain;

import org.jspecify.annotations.NullMarked;
