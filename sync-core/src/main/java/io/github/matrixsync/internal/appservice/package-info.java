/**
 * What is due to application services, and when.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code AppService}: a service that asks
 *   <li>{@code ServiceLooks}: one look of its poll
 *   <li>{@code ServiceReads}: the room events due to it
 *   <li>{@code ServiceRooms}: which rooms are of interest to it
 *   <li>{@code ServiceReader}: what is known of that
 *   <li>{@code ServiceUsers}, {@code Occupancy}: which users are its own, and when one of them was in a room
 *   <li>{@code ServicePart}: the room events of one look
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.appservice;

import org.jspecify.annotations.NullMarked;
