/**
 * Takes snapshots ({@code initialSync}) and reads pages of history, state and members of rooms, as of one token.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code SharedSnapshots}: coalesces identical requests, within a budget of bytes
 *   <li>{@code Snapshots}: takes one snapshot
 *   <li>{@code ListedRooms}, {@code RoomExtent}, {@code RoomRequest}: which rooms, and how far each is shown
 *   <li>{@code RoomReader}, {@code PageSizes}, {@code RoomContents}: read state and messages of rooms, page by page
 *   <li>{@code HistoryPages}: reads pages of one room's history ({@code /messages})
 *   <li>{@code HistoryWalk}: walks through a room's history and keeps what a filter includes
 *   <li>{@code EventContexts}: reads one event and those around it
 *   <li>{@code RoomStateReads}, {@code StateReader}: read state and members of one room
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.snapshot;

import org.jspecify.annotations.NullMarked;
