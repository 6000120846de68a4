/**
 * The sync engine of a Matrix homeserver, to be embedded.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.SyncEngine}: the entry point, which creates and connects all parts
 *   <li>{@link io.github.matrixsync.SyncEngineBuilder}: the stores and settings of an engine
 *   <li>{@link io.github.matrixsync.SyncApi}: the calls as an interface, which a test can fake
 *   <li>{@code EngineLimits}: bounds that a host does not set
 *   <li>{@code EngineRoomReads}: the reads of rooms beside streams and snapshots
 *   <li>{@code StatisticsReader}: collects the statistics of all parts
 * </ul>
 *
 * <p>The other packages: {@code call} has the options, answers and errors of the calls; {@code operation} what a host
 * may supply, set and observe; {@code domain} the pure rules; {@code rest} the HTTP edge. Nothing of {@code internal}
 * is exported. There, data flows in one direction: {@code follow} reads each new part of a stream once, into the window
 * of {@code log} and the roster of {@code membership}; {@code longpoll} runs the polls that this wakes; {@code
 * delivery}, {@code ephemeral} and {@code appservice} select what is due to them; {@code snapshot} reads snapshots and
 * pages of history through {@code cache}. No two packages depend on each other.
 */
@NullMarked
package io.github.matrixsync;

import org.jspecify.annotations.NullMarked;
