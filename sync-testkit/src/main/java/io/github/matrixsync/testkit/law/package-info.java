/**
 * Checks of the laws of the stream, for authors of stores and hosts.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code SyncLaws}: checks them
 *   <li>{@code StreamReader}: reads a user's stream, {@code Streamed}: the events that were read
 *   <li>{@code Splits}: ways to split the reading into polls
 *   <li>{@code ClientView}: the rooms as a client has them after a snapshot and the stream that follows
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.law;

import org.jspecify.annotations.NullMarked;
