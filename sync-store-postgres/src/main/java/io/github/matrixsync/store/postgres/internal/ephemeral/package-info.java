/**
 * Presence, typing, receipts, account data and device lists: the latest entry of each key. Each role has a table and a
 * stream of its own. A write moves the entry to a new position under the stream's lock; a read is one statement,
 * whatever the number of keys.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code CoalescingRole}: the base class of the roles; {@code EntryReads}: their reads
 *   <li>{@code TableWriter}: stores the changes of many callers in one transaction; {@code EntryTable}: what it needs
 *       of a role; {@code Draft}: the entries while they are changed
 *   <li>{@code SetTable}: a table whose entries callers set whole
 *   <li>{@code PresenceRole}, {@code ReceiptRole}, {@code AccountDataRole} and {@code DeviceListRole}, with {@code
 *       PresenceTable}, {@code ReceiptTable}, {@code AccountDataTable} and {@code DeviceListTable}
 *   <li>{@code TypingRole}, with {@code TypingTable}, its rows {@code TypingRow} and changes {@code TypingOrder}
 *   <li>{@code Millis}: instants as milliseconds
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.ephemeral;

import org.jspecify.annotations.NullMarked;
