/**
 * Following the streams of the stores: each new part is read once, applied and published, and the polls concerned are
 * woken.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code StreamFollowers}: all streams, and the token of where the engine is
 *   <li>{@code Follower}, {@code FollowerContext}: one stream: signals, catching up, failures
 *   <li>{@code RoomFollower}: the room log, into the window, the roster and the caches
 *   <li>{@code CoalescingFollower}, {@code LatestFollower}: the streams that keep the latest change of each key
 *   <li>{@code TokensAhead}: tokens that were found to be beyond the end
 *   <li>{@code ShownPresence}: up to where presence wakes polls
 *   <li>{@code TypingTimer}, {@code TypingDurations}: end typing on its deadline
 *   <li>{@code HealthWatch}: reports streams that stand still
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.follow;

import org.jspecify.annotations.NullMarked;
