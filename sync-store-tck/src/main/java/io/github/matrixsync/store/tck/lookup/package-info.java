/**
 * The contract of the stores that are asked for a value by its name: a room by its alias, a filter by its id.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code RoomDirectoryTck}: aliases and the published rooms, only read
 *   <li>{@code SettableRoomDirectoryTck}: a room directory that is set through this library
 *   <li>{@code SharedRoomDirectoryTck}: a room directory with several instances
 *   <li>{@code FilterStoreTck}: the filters that clients uploaded
 *   <li>{@code SharedFilterStoreTck}: filters with several instances
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.lookup;

import org.jspecify.annotations.NullMarked;
