/**
 * What every write of the store does, whatever the stream: a transaction of two round trips under the stream's lock,
 * shared by all callers who wait for it.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Groups}: puts the work of many callers into one transaction
 *   <li>{@code WriteTransaction}: one transaction, and what became of it if the connection broke; {@code Plan}: what it
 *       writes
 *   <li>{@code TransactionSettings}: what a transaction sets for itself
 *   <li>{@code Servers}: whether a stream must jump, because the server is another one than at its latest write
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.write;

import org.jspecify.annotations.NullMarked;
