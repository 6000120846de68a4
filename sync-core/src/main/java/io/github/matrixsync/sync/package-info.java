/**
 * What is asked of {@code /sync} and what it answers: values.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.sync.SyncOptions}, {@link io.github.matrixsync.sync.StateMode}: the options of the
 *       call
 *   <li>{@link io.github.matrixsync.sync.SyncResponse}, {@link io.github.matrixsync.sync.SyncRooms}: the answer, and
 *       its rooms by section
 *   <li>{@link io.github.matrixsync.sync.JoinedRoom}, {@link io.github.matrixsync.sync.LeftRoom}: what is new in a room
 *   <li>{@link io.github.matrixsync.sync.Timeline}, {@link io.github.matrixsync.sync.RoomSummary}: parts of it
 *   <li>{@link io.github.matrixsync.sync.DeviceLists}: whose devices changed
 * </ul>
 */
@NullMarked
package io.github.matrixsync.sync;

import org.jspecify.annotations.NullMarked;
