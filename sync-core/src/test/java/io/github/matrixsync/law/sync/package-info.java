/**
 * The law of {@code /sync}: whatever happens, and however a client polls, it ends with what a client has that asks for
 * everything. In reading order: the log as lists ({@code LoggedEvent}, {@code SyncLog}), what a user must be told of it
 * ({@code SyncOracle}), what a client makes of answers ({@code SyncClient}), the checks, the random hosts and loops.
 */
@NullMarked
package io.github.matrixsync.law.sync;

import org.jspecify.annotations.NullMarked;
