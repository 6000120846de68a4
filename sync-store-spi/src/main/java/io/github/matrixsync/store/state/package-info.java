/**
 * The changes of a room's state, members and history visibility. Immutable values.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.store.state.StateEntry}: an entry of a room's state, as a host sets it
 *   <li>{@link io.github.matrixsync.store.state.StateChange}: one changed entry, which is one of {@link
 *       io.github.matrixsync.store.state.EntryChange}, {@link io.github.matrixsync.store.state.MemberChange} and {@link
 *       io.github.matrixsync.store.state.VisibilityChange}
 *   <li>{@link io.github.matrixsync.store.state.Timelines}: all changes of one user's membership and of a room's
 *       visibility
 *   <li>{@link io.github.matrixsync.store.state.RoomMembers}: how many members a room has, and the first of them
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.state;

import org.jspecify.annotations.NullMarked;
