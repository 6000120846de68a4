/**
 * Following the streams of the stores: what is new is read once, taken over, published, and those concerned are woken.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code StreamFollowers}: all streams, and the token of where the engine is
 *   <li>{@code Follower}: one stream: signals, catching up, failures
 *   <li>{@code RoomFollower}: the room log, into the window, the roster and what is kept
 *   <li>{@code CoalescingFollower}, {@code LatestFollower}: the streams that keep the latest change of each key
 *   <li>{@code TokensAhead}: tokens that were looked for in vain
 *   <li>{@code ShownPresence}: up to where presence wakes polls
 *   <li>{@code TypingTimer}, {@code TypingDurations}: end typing on its deadline
 *   <li>{@code HealthWatch}: says when a stream stands still
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.follow;

import org.jspecify.annotations.NullMarked;
