/**
 * The indexes of the event store, and how an append updates them. Internal.
 *
 * <p>In reading order: {@code Indexes} (all indexes), {@code Batch} (one append), {@code Entry} (one event), then the
 * single indexes: {@code LogReader} (the log), {@code RoomHistory} and {@code LivePoints} (a room's history), {@code
 * RoomState} and {@code StateChanges} (its state), {@code RoomMembers}, {@code Memberships} and {@code People}
 * (members), {@code Redactions}, {@code Children} (relations); {@code Room} has the indexes of one room, {@code
 * PositionList} is a list ordered by position.
 */
@NullMarked
package io.github.matrixsync.store.memory.index;

import org.jspecify.annotations.NullMarked;
