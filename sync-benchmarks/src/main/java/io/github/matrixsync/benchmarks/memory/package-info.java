/**
 * Measures the heap that the engine holds.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code ParkedHeap}: for each parked poll, with all that belongs to it
 *   <li>{@code WaiterHeap}: for each parked poll, the waiting alone, beside other ways to wait
 *   <li>{@code WindowHeap}: for the window, beside its bound
 *   <li>{@code HugeSnapshot}: for the largest snapshot, and how long it takes
 *   <li>{@code Cycles}: after a million polls have come and gone
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
