/**
 * Appending: what a group of batches needs is read under the stream's lock, their rows are computed here, and written
 * with the commit.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Appender}: stores batches
 *   <li>{@code LockedReads}: what is read under the lock, {@code StoredState}: what was read, with {@code RoomNow} and
 *       {@code KnownEvent}
 *   <li>{@code Batch}: checks one caller's batch and computes its rows, with {@code StateChanges}
 *   <li>{@code NewRows}: the rows, and how they are written; {@code NewEvent}, {@code EntryRow} and {@code MemberRow}
 *   <li>{@code ChangesCodec}: state changes as bytes
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.append;

import org.jspecify.annotations.NullMarked;
