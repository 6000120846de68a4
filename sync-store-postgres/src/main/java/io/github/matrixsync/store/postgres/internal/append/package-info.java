/**
 * Appending: what a group of batches needs is read under the stream's lock, their rows are computed here, and written
 * with the commit.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Appender}: stores batches
 *   <li>{@code LockedReads}: the reads under the lock; {@code StoredState}: their results, with {@code StreamHead},
 *       {@code RoomNow} and {@code KnownEvent}
 *   <li>{@code Batch}: checks one caller's batch and computes its rows, with {@code StateChanges}
 *   <li>{@code NewRows}: the rows to be written, of the kinds {@code NewEvent}, {@code EntryRow} and {@code MemberRow};
 *       {@code RowWriter} makes their statements
 *   <li>{@code ChangesCodec}: state changes as bytes
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.append;

import org.jspecify.annotations.NullMarked;
