/**
 * Which room events an answer holds, and how they look: everything that reaches a client passes here.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Gate}: what a viewer may see, and how it looks
 *   <li>{@code Erasures}: who asked for erasure
 *   <li>{@code RoomReads}, {@code LogReads}: the room events due to a poll, from the window or the store
 *   <li>{@code PeekedRooms}: the visibility of rooms to which somebody listens alone
 *   <li>{@code ServiceRooms}, {@code ServiceReader}, {@code ServiceUsers}, {@code Occupancy}: which rooms are of
 *       interest to an application service, and when
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.due;

import org.jspecify.annotations.NullMarked;
