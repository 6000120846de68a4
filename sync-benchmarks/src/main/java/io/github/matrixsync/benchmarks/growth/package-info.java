/**
 * Measures whether the time of an operation grows faster than its answer.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Growth}: the question, asked of each of the others
 *   <li>{@code GrowingMembers}: a room with more and more members
 *   <li>{@code GrowingRooms}: a user in more and more rooms
 *   <li>{@code GrowingHistory}: a room with more and more messages
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
