/**
 * The server of a world: its stores, the engine over them, and what users saw.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Server}: makes the stores and the engine, and begins again with another one
 *   <li>{@code WorldEvents}: the events as the engine reads them, with faults
 *   <li>{@code Watcher}: the stream of one user, {@code Sighting}: what came on it
 *   <li>{@code EventText}: what an entry of a stream tells, {@code Picture}: expected and seen side by side
 *   <li>{@code Presences}: who is online, idle and offline
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.internal.server;

import org.jspecify.annotations.NullMarked;
