/**
 * The part of a room that an answer of {@code /sync} contains: timeline, state and summary. Made for many rooms at
 * once, in a constant number of store calls.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code RoomParts}: tells parts of rooms
 *   <li>{@code ViewerContext}, {@code RoomScope}, {@code Section}: to whom, and which part
 *   <li>{@code RoomDraft}, {@code TimelineEvent}, {@code EntryKey}: one room while its part is made
 *   <li>{@code RoomTimelines}: the newest events that are new
 *   <li>{@code RoomStates}, {@code RoomState}: the state entries that the client lacks
 *   <li>{@code LazyMembers}: which member entries a client gets that loads members lazily
 *   <li>{@code RoomSummaries}: how many members, and from whom to make a name
 *   <li>{@code DraftEncoder}: the encoded events
 *   <li>{@code StoreReads}, {@code ReadNeededException}: the store, if it may be read
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.room;

import org.jspecify.annotations.NullMarked;
