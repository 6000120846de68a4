/**
 * Runs long polls: each is registered, looks for events, and parks until it is woken to look again.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code LongPolls}: begins, runs, parks and ends polls
 *   <li>{@code Poll}: one poll: its future, its request, its token and its state
 *   <li>{@code PollRegistry}: indexes the polls, so that those to wake are found
 *   <li>{@code Subscriber}: a reader with its polls
 *   <li>{@code Looks}, {@code UnfinishedLook}: makes the looks of polls of one kind; a look that needs a store
 *   <li>{@code StreamLooks}: makes those of the event stream
 *   <li>{@code SettingsReads}: reads users' settings before a look, if they are not fresh
 *   <li>{@code Waker}: wakes parked polls, so that they look again
 *   <li>{@code PresenceHold}: delays answers that have only presence
 *   <li>{@code Drain}: answers all polls before a shutdown, spread over a time
 *   <li>{@code PollCounters}, {@code GuardedObserver}: statistics of polls, and the host's observer
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.longpoll;

import org.jspecify.annotations.NullMarked;
