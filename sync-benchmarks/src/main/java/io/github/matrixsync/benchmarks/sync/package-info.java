/**
 * Questions about {@code /sync}, each beside the call of v1 that does the same, measured in the same run.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code SyncParked}: the heap of a parked poll
 *   <li>{@code SyncWakeRoom}: one message for 10,000 polls
 *   <li>{@code SyncIncrement}: the answer with one message
 *   <li>{@code SyncFirst}: answers with everything, lazily loaded or not, and their store calls
 *   <li>{@code SyncAway}: the answer after a day away, and after a gap in one room
 *   <li>{@code SyncWishes}: options, and checks of answers
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.sync;

import org.jspecify.annotations.NullMarked;
