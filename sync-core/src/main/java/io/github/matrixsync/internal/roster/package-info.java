/**
 * Who is joined where, and who waits for it. Critical for privacy: by what is said here it is decided who gets an event.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Roster}: all of it, changed together with the window
 *   <li>{@code Readers}, {@code Reader}, {@code Preferences}: the users that somebody reads for
 *   <li>{@code Room}, {@code JoinedRooms}: the two sides of a membership
 *   <li>{@code Turns}, {@code Stay}: where users came and went inside the window
 *   <li>{@code Polls}, {@code Poll}, {@code Look}: who waits, and what one look is for
 *   <li>{@code Service}: an application service that asks
 *   <li>{@code PollCounts}: what has happened to polls
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.roster;

import org.jspecify.annotations.NullMarked;
