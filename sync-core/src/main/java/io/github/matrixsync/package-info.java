/**
 * The sync engine of a Matrix homeserver, to be embedded.
 *
 * <p>{@link io.github.matrixsync.SyncEngine} and its {@link io.github.matrixsync.SyncEngineBuilder} are the way in,
 * {@link io.github.matrixsync.SyncApi} the calls.
 * What goes into its calls and comes out is in {@code call}, what a host may bring and see in {@code operation}, the
 * pure rules in {@code domain}, the way from a request to an answer in {@code rest}.
 *
 * <p>Inside, data travels one way: {@code follow} reads what a store has new into the window of {@code log} and the
 * memberships of {@code roster}, {@code poll} runs the polls that it wakes, {@code due} and {@code ephemeral} say what
 * is due to them; {@code snapshot} reads beside that, with what {@code keep} holds. No two packages know each other.
 * {@code StatisticsReader} puts together what the parts have counted.
 */
@NullMarked
package io.github.matrixsync;

import org.jspecify.annotations.NullMarked;
