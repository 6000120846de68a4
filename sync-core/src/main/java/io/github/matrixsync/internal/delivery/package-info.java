/**
 * Selects the room events of an answer and encodes them for one reader.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code LookRequest}: the reader, range and limit of one look
 *   <li>{@code DueEvents}: selects room events from the window, or from the store if the window does not reach back
 *   <li>{@code WindowFindings}: the events found in the window
 *   <li>{@code LogReads}: selects room events by reading the store page by page
 *   <li>{@code PeekedRooms}: caches the history visibility of rooms that are polled one by one
 *   <li>{@code EventGate}: checks what a viewer may see, and encodes events for the viewer
 *   <li>{@code PersonalUnsigned}: adds the members of {@code unsigned} that depend on the reader
 *   <li>{@code BundledRelations}, {@code UnsignedMembers}: what relates to an event, for its {@code unsigned}
 *   <li>{@code Erasures}: caches which users asked for erasure
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.delivery;

import org.jspecify.annotations.NullMarked;
