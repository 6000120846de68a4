/**
 * Follows the streams of the stores: reads each new part once, applies and publishes it, and wakes the polls that are
 * affected.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code StreamFollowers}: all streams, and the token of their published ends
 *   <li>{@code Follower}, {@code FollowerContext}: one stream: signals, catching up, failures; and what it uses of the
 *       engine
 *   <li>{@code RoomFollower}: the room log, into the window, the roster and the caches
 *   <li>{@code CoalescingFollower}, {@code LatestFollower}: the streams that keep the latest change of each key
 *   <li>{@code WakeUpRelay}: passes on whom to wake
 *   <li>{@code TokensAhead}: tokens that were found to be beyond the end
 *   <li>{@code ToDeviceFollower}: which devices got messages
 *   <li>{@code ShownChanges}: up to where presence and device lists wake polls
 *   <li>{@code TypingTimer}, {@code TypingDurations}: end typing on its deadline
 *   <li>{@code HealthWatch}: reports streams that do not advance
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.follow;

import org.jspecify.annotations.NullMarked;
