/**
 * Selects the presence, typing, receipts and account data of an answer.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EphemeralEntries}: all four streams, for one answer
 *   <li>{@code AnswerScope}, {@code TokenRange}: the reader, rooms and token range of an answer
 *   <li>{@code EntriesOfSync}, {@code SyncScope}, {@code SyncEntries}: the same for one answer of {@code /sync}
 *   <li>{@code DeviceListEntries}, {@code ChangedDevices}: whose devices changed, for {@code /sync}
 *   <li>{@code RecentJoins}: who joined and left, for {@code /sync}
 *   <li>{@code SharedRooms}: finds the users who share a room
 *   <li>{@code PresenceEntries}, {@code TypingEntries}, {@code ReceiptEntries}, {@code AccountDataEntries}: one stream
 *       each
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.ephemeral;

import org.jspecify.annotations.NullMarked;
