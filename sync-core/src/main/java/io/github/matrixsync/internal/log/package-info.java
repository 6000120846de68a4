/**
 * The end of the room log in memory, and the rule of what of it is due to whom.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Window}: the newest events, bounded by number and bytes
 *   <li>{@code WindowEntry}: an event in it, with its encoded forms
 *   <li>{@code DeliveryRule}: which events are due to a user
 *   <li>{@code RoomPart}: the room events of one look
 *   <li>{@code JoinsAndLeaves}: who joined and left in a part of the log
 *   <li>{@code WakeUpTargets}: whom a new part of a stream concerns
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.log;

import org.jspecify.annotations.NullMarked;
