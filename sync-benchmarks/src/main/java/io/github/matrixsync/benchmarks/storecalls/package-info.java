/**
 * Counts the calls of the stores that an operation takes.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code StoreReads}: for answers to all parked polls of a room, empty polls and snapshots
 *   <li>{@code SharedSnapshots}: for identical snapshots at the same moment
 *   <li>{@code AfterBackfill}: for answers to parked polls after a backfill
 *   <li>{@code Peekers}: for answers to those who peek at a room, and how long these take
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.storecalls;

import org.jspecify.annotations.NullMarked;
