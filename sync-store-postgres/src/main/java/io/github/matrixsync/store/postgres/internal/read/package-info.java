/**
 * The reads of room events. Each is one statement, whatever the number of rooms, users or events, and proves itself: it
 * returns the head of its own snapshot, so that a server that lags behind is an error and never a shorter answer.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EventColumns}: an event's columns, {@code EventRows}: how rows become events, with their redactions
 *   <li>{@code EventReads}: the log, events by id, backfill
 *   <li>{@code StateReads}: state, memberships, members, timelines
 *   <li>{@code HistoryReads}: the newest events of rooms and parts of a room's history, with {@code Walk}
 *   <li>{@code NewestReads}: the newest events of rooms by position
 *   <li>{@code SummaryReads}: state changes, member counts and gaps of rooms
 *   <li>{@code RelationReads}: which events relate to which
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.read;

import org.jspecify.annotations.NullMarked;
