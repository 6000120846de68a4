/**
 * Measures how long it takes from an append to the answers of parked polls.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code WakeOne}, {@code WakeRoom}, {@code WakeAll}: one event for one poll, 10,000 polls and a million polls
 *   <li>{@code AppendCost}: whether an append takes longer while polls are parked
 *   <li>{@code BesideSlowReader}, {@code BesideSnapshots}: whether an answer waits for the store reads of other
 *       users
 *   <li>{@code OrdinaryTraffic}, {@code Traffic}: messages, backfill and presence in several rooms at once
 *   <li>{@code Listener}: a client that polls again and again
 *   <li>{@code BareCompletions}: the floor, futures that are completed
 *   <li>{@code Arrivals}, {@code Encoded}: when messages arrived, and the bytes of an answer
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.delivery;

import org.jspecify.annotations.NullMarked;
