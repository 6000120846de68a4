/**
 * Makes the rooms, users and stores on which the engine is measured, and checks its answers.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Events}: makes events
 *   <li>{@code Community}: rooms and users whose events are all in a store
 *   <li>{@code SnapshotWorld}: rooms of a user who takes a snapshot
 *   <li>{@code Population}, {@code FormulaStore}: memberships that are computed, so that the store needs no memory
 *       for them
 *   <li>{@code Zipf}: draws rooms, popular ones more often
 *   <li>{@code Roles}: engines with every role
 *   <li>{@code Pool}: the executor of an engine and of its floor
 *   <li>{@code Parked}: users with parked polls
 *   <li>{@code StoreCalls}: counts the calls of stores
 *   <li>{@code Heap}: measures the heap
 *   <li>{@code Sink}, {@code Pieces}: where bodies are written, and the floor of writing them
 *   <li>{@code Expect}: checks answers
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.world;

import org.jspecify.annotations.NullMarked;
