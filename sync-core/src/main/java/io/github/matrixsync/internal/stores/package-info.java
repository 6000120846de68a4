/**
 * The host's stores as the engine reads them: stores that are not given behave as empty, and every read is counted and
 * timed.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code HostStores}: the stores that the host gave; {@code HostRoles}: those of them that v1 does not need
 *   <li>{@code Stores}, {@code EmptyStores}: the same, with empty ones for those that were not given
 *   <li>{@code EngineContext}: the stores, threads and clocks that every part works with
 *   <li>{@code MeteredStore}: any of these stores, with every read counted and timed
 *   <li>{@code CallMeters}, {@code CallMeter}: the counts and times
 *   <li>{@code BatchAnswers}: checks answers about several rooms
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.stores;

import org.jspecify.annotations.NullMarked;
