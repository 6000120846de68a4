/**
 * Selects the events of an application service's own stream.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code AppService}: a service with its sender and namespaces
 *   <li>{@code ServiceLooks}: makes one look of its poll
 *   <li>{@code ServiceReads}: selects the room events for it
 *   <li>{@code ServiceRooms}: finds the rooms of interest to it
 *   <li>{@code ServiceReader}: caches in which rooms its users are
 *   <li>{@code ServiceUsers}, {@code Occupancy}: which users are its own, and when any of them was in a room
 *   <li>{@code ServicePart}: the room events of one look
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.appservice;

import org.jspecify.annotations.NullMarked;
