/**
 * The server of a world: its stores, the engine over them, and what users saw.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Server}: creates the stores and the engine, and restarts the engine
 *   <li>{@code WorldEvents}: the events as the engine reads them, with faults
 *   <li>{@code WorldRooms}: the rooms and their rules, {@code Contents}: contents of events,
 *       {@code Names}: the errors for names that are not valid
 *   <li>{@code Watchers}: what all users see, {@code Watcher}: follows the stream of one user,
 *       {@code Sighting}: an entry that the user saw,
 *       {@code Asserted}: which of them were asserted already
 *   <li>{@code EventText}: describes an entry in words, {@code Comparison}: formats expected and seen entries
 *   <li>{@code Presences}: who is online, idle and offline
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.internal.server;

import org.jspecify.annotations.NullMarked;
