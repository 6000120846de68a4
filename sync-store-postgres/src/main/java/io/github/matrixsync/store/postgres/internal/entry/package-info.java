/**
 * Tables that keep the latest entry of each key, with a position for each change. Presence, receipts, account data,
 * typing, device lists and user settings are stored so. A write moves the entry to a new position under the stream's
 * lock; a read is one statement, whatever the number of keys.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code CoalescingRole}: the base class of the roles; {@code EntryReads}: their reads
 *   <li>{@code TableWriter}: stores the changes of many callers in one transaction; {@code EntryTable}: what it needs
 *       of a role; {@code Draft}: the entries while they are changed
 *   <li>{@code SetTable}: a table whose entries callers set whole
 *   <li>{@code Millis}: instants as milliseconds
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.entry;

import org.jspecify.annotations.NullMarked;
