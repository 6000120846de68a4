/**
 * Who is joined where, now and at any position in the window. Critical for privacy: this decides who gets an event.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Roster}: all of it, changed together with the window
 *   <li>{@code ReaderRegistry}: the users with polls or other reads
 *   <li>{@code Reader}, {@code ReaderSettings}: one of them: their rooms, and what they set
 *   <li>{@code RosterRoom}, {@code JoinedRooms}: the members of a room, and the rooms of a user
 *   <li>{@code MembershipInterval}: when a user was joined to a room
 *   <li>{@code MembershipChanges}: all joins and leaves in the window
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.membership;

import org.jspecify.annotations.NullMarked;
