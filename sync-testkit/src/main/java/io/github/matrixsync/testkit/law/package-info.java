/**
 * The laws of the stream as a check, for authors of stores and hosts.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code SyncLaws}: checks them
 *   <li>{@code StreamReader}: reads a user's stream, {@code Streamed}: what came
 *   <li>{@code Splits}: ways to cut a stream
 *   <li>{@code ClientView}: what a client holds by a snapshot and the stream after it
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.law;

import org.jspecify.annotations.NullMarked;
