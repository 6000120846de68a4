/**
 * The host's stores as the engine reads them.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code HostRoles}, {@code Roles}, {@code Absent}: what the host gave, and what stands in for the rest
 *   <li>{@code Given}: that, with the threads and the clock: what every part works with
 *   <li>{@code SetReads}: what the contract promises about reads of many rooms
 *   <li>{@code MeteredEvents}, {@code Metered}, {@code StoreCalls}, {@code StoreCall}: every read is counted and timed
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.role;

import org.jspecify.annotations.NullMarked;
