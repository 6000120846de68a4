/**
 * The torture run: processes that append and read are killed, stopped and cut off, their server is restarted, and at
 * the end everything that was acknowledged and everything that was read is compared with the table.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code TortureTest}: a short run, or a long one with {@code -Dtorture.seconds}, as {@code TortureMain} makes it
 *       from a command line; {@code Torture}: the run, {@code TortureReport}: what it did and found
 *   <li>{@code Server}: the server, {@code Archive}: what was ever committed, kept by a trigger
 *   <li>{@code Child}: one process; {@code NodeMain}: a node that reads and purges; {@code WriterMain}: one that
 *       appends what {@code Batches} makes, or, in the run that must fail, {@code SequenceAppender}; {@code Claims}:
 *       what it was told; {@code Watched}: that watermarks never fall; {@code Processes}: all of them
 *   <li>{@code Reader}: a reader that goes from node to node, {@code Faults}: what goes wrong
 *   <li>{@code ReaderCheck}, {@code TableCheck} and {@code StoreCheck}: the comparison
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.torture;

import org.jspecify.annotations.NullMarked;
