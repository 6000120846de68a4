/**
 * Reads of one room beside {@code /sync}: an event and what is around it, state, members.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code RoomReads}: the calls
 *   <li>{@code ContextOptions}, {@code EventContext}: the events around one
 *   <li>{@code MembersOptions}, {@code JoinedMember}: which members, and a member's profile
 * </ul>
 */
@NullMarked
package io.github.matrixsync.call.room;

import org.jspecify.annotations.NullMarked;
