/**
 * Presence, typing, receipts and account data, each with a table and a stream of its own.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PresenceRole}, {@code ReceiptRole} and {@code AccountDataRole}, with {@code PresenceTable}, {@code
 *       ReceiptTable} and {@code AccountDataTable}
 *   <li>{@code TypingRole}, with {@code TypingTable}, its rows {@code TypingRow} and changes {@code TypingOrder}
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.ephemeral;

import org.jspecify.annotations.NullMarked;
