/**
 * Presence, typing, receipts and account data: what is due of them, and to whom.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EphemeralEntries}: all of it, for one answer
 *   <li>{@code AnswerScope}: what an answer covers, and of which rooms
 *   <li>{@code SharedRooms}: who shares a room with whom
 *   <li>{@code PresenceEntries}, {@code TypingEntries}, {@code ReceiptEntries}, {@code AccountDataEntries}: one stream
 *     each
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.ephemeral;

import org.jspecify.annotations.NullMarked;
