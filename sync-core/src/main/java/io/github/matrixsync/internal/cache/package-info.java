/**
 * Caches of what was read or encoded. An entry carries its position, and is used only if nothing has changed since.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Caches}, {@code CacheBytes}: all of them, and their bounds
 *   <li>{@code LastChanges}: where the log last changed each room and user
 *   <li>{@code ByteCache}: a cache bounded by bytes
 *   <li>{@code EventCache}, {@code EncodedEventCache}: events as stored and as encoded
 *   <li>{@code TimelineCache}: who may see them
 *   <li>{@code UserRoomsCache}, {@code UserRooms}: the rooms of a user
 *   <li>{@code ViewedRoom}: one of them, as the user may see it
 *   <li>{@code RoomListCache}, {@code RoomList}: states and newest messages of rooms, encoded once for all
 *   <li>{@code RoomMembersCache}: how many members rooms have, and the first of these members
 *   <li>{@code DamagedEvents}: leaves out events that cannot be shown
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.cache;

import org.jspecify.annotations.NullMarked;
