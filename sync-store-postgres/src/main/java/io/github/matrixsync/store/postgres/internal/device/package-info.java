/**
 * What belongs to users' devices, and their filters.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PlainTables}: reads and writes of tables that are no streams
 *   <li>{@code FilterRole}, {@code TransactionIdRole}, {@code KeyCountRole}: a role for each of these tables
 *   <li>{@code ToDeviceRole}, {@code ToDeviceTable}: messages to devices
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.device;

import org.jspecify.annotations.NullMarked;
