/**
 * To-device messages, key counts, transaction ids, filters and unread counts.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PlainTables}: reads and writes tables that are not streams
 *   <li>{@code FilterRole}, {@code TransactionIdRole}, {@code KeyCountRole}: roles with such a table each
 *   <li>{@code DeviceListRole}, {@code DeviceListTable}: whose devices changed
 *   <li>{@code ToDeviceRole}, {@code ToDeviceTable}: messages to devices
 *   <li>{@code UnreadCountRole}, {@code UnreadCountTable}: unread counts
 *   <li>{@code ChangeListeners}: listeners to messages and to unread counts, also those that other nodes set
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.device;

import org.jspecify.annotations.NullMarked;
