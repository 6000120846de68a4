/**
 * The long poll: register, look, look again, park.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code LongPolls}, {@code PollBounds}: begins, runs, parks and ends polls
 *   <li>{@code Poll}: one of them: its future, its place and its state
 *   <li>{@code PollRegistry}: finds those to wake
 *   <li>{@code Subscriber}: a reader with its polls
 *   <li>{@code PollLooks}: one look
 *   <li>{@code Waker}: has polls look again
 *   <li>{@code PresenceHold}: holds back answers of presence alone
 *   <li>{@code Drain}: answers all polls before a shutdown, spread over a time
 *   <li>{@code PollCounters}, {@code GuardedObserver}: what is counted and told of polls
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.longpoll;

import org.jspecify.annotations.NullMarked;
