/**
 * Filters of clients: which events and rooms they want, and how these are shown. Pure.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code FilterSpec}: a whole filter
 *   <li>{@code RoomFilter}: which rooms, and a filter for each part of a room
 *   <li>{@code RoomEventFilter}: which events of rooms
 *   <li>{@code EventFilter}: which entries, by type and sender
 *   <li>{@code EventFormat}: how events are shown
 *   <li>{@code FilterIds}: ids that hold a filter
 *   <li>{@code InvalidFilterException}: a filter that cannot be parsed
 *   <li>{@code FilterFields}: the members of a filter's JSON, each read as what it must be
 *   <li>{@code IdSelection}, {@code TypeSelection}: the lists of ids and of types to include and exclude
 *   <li>{@code CanonicalText}: a filter as JSON, the same for equal filters
 *   <li>{@code WildcardPattern}: a type with wildcards, matched in linear time
 * </ul>
 */
@NullMarked
package io.github.matrixsync.domain.filter;

import org.jspecify.annotations.NullMarked;
