/**
 * The sync engine of a Matrix homeserver, to be embedded.
 *
 * <p>In reading order: {@link io.github.matrixsync.SyncEngine} and its {@link io.github.matrixsync.SyncEngineBuilder} are the way in, the records beside them are what goes in and out. Inside, data travels one way: a {@code
 * Follower} reads what a store has new, the {@code Window} and the {@code Roster} keep it, {@code Streams} runs the polls that it wakes, {@code RoomReads} and {@code Ephemerals} say what is due to them by the {@code
 * StreamLaw}; {@code Snapshots} and {@code Histories} read beside that, through {@code RoomReader} and what the {@code Caches}
 * keep. {@code Ledger} and {@code Watch} say how the engine fares.
 */
@NullMarked
package io.github.matrixsync;

import org.jspecify.annotations.NullMarked;
