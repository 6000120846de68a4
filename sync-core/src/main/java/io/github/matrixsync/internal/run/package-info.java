/**
 * What the engine runs on: threads, deadlines, bounds, and shared runs. Nothing here knows of Matrix.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Threads}: the executor and the timer, the host's or the engine's own
 *   <li>{@code Timed}, {@code TimerWheel}: a million deadlines without an object each
 *   <li>{@code Announced}: a timed future that tells of its end
 *   <li>{@code SerialTasks}: what is done one after another, by a key
 *   <li>{@code Flights}: identical requests share a run
 *   <li>{@code Bound}, {@code Waiting}: what may be taken, and how a caller waits who has to
 *   <li>{@code Trouble}: what an operator is told once
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.run;

import org.jspecify.annotations.NullMarked;
