/**
 * Snapshots and pages: read beside the stream, as of one place in it.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code SharedSnapshots}: identical requests share a run
 *   <li>{@code Snapshots}: first the place, then everything as of it
 *   <li>{@code ListedRooms}, {@code RoomExtent}, {@code RoomRequest}: which rooms, and how far each is shown
 *   <li>{@code RoomReader}, {@code PageSizes}, {@code RoomContents}: what is read of them, in a few reads a page
 *   <li>{@code HistoryPages}: a room's past, page by page
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.snapshot;

import org.jspecify.annotations.NullMarked;
