/**
 * What belongs to users' devices, their filters, and their unread counts.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PlainTables}: reads and writes of tables that are no streams
 *   <li>{@code FilterRole}, {@code TransactionIdRole}, {@code KeyCountRole}: a role for each of these tables
 *   <li>{@code ToDeviceRole}, {@code ToDeviceTable}: messages to devices
 *   <li>{@code UnreadCountRole}, {@code UnreadCountTable}: unread counts
 *   <li>{@code ChangeListeners}: the listeners of these two, which are called for changes of other nodes, too
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.device;

import org.jspecify.annotations.NullMarked;
