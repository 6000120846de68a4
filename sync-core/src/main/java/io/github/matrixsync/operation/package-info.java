/**
 * How a host runs an engine: what it may bring or switch off, and what it can see of it.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.operation.Scheduler}: where the engine takes its delays from
 *   <li>{@link io.github.matrixsync.operation.PollObserver}: who is told of polls
 *   <li>{@link io.github.matrixsync.operation.EphemeralStream}: what may be switched off
 *   <li>{@link io.github.matrixsync.operation.PollSettings}, {@link io.github.matrixsync.operation.ReadSettings},
 *     {@link io.github.matrixsync.operation.WatchSettings}: bounds and intervals; {@code Checks} of their values
 *   <li>{@link io.github.matrixsync.operation.SyncSettings}: the size and contents of answers of {@code /sync}
 *   <li>{@link io.github.matrixsync.operation.EngineStatistics}, {@link io.github.matrixsync.operation.EngineHealth}:
 *     how the engine fares
 * </ul>
 */
@NullMarked
package io.github.matrixsync.operation;

import org.jspecify.annotations.NullMarked;
