/**
 * What is kept of what was read or encoded, and until when it holds.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Caches}, {@code CacheBytes}: all of it, and its bounds
 *   <li>{@code Changes}: where the log last changed each room, as the follower says
 *   <li>{@code Kept}: a bounded cache whose entries carry their moment
 *   <li>{@code KeptEvents}, {@code KeptTimelines}, {@code Encoder}: single events, as stored and as encoded, and who may see them
 *   <li>{@code KeptUserRooms}, {@code UserRooms}, {@code SeenRoom}: the rooms of a user, and what the user may see of each
 *   <li>{@code KeptLists}, {@code RoomList}: states and newest messages of rooms, encoded once for all
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.keep;

import org.jspecify.annotations.NullMarked;
