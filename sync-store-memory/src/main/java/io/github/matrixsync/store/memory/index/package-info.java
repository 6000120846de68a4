/**
 * The event store's indexes, and the rules by which an append changes them. Internal.
 *
 * <p>In reading order: {@code Indexes} (all of them), {@code Batch} (one append), {@code Entry} (one event), then one
 * index each: {@code LogReader} (the log), {@code RoomHistory} and {@code LivePoints} (a room's history),
 * {@code RoomState} and {@code StateChanges} (its state), {@code RoomMembers}, {@code Memberships} and {@code People}
 * (who is where), {@code Redactions}; {@code Room} holds what belongs to one room, {@code PositionList} is a list of
 * positions.
 */
@NullMarked
package io.github.matrixsync.store.memory.index;

import org.jspecify.annotations.NullMarked;
