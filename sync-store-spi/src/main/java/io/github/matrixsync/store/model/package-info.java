/**
 * The parameters and results of event stores. Immutable values.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.store.model.StoredEvent}: an event with its place in the log and what it changed;
 *       {@link io.github.matrixsync.store.model.EventKind} and {@link io.github.matrixsync.store.model.Redaction}
 *       belong to it
 *   <li>{@link io.github.matrixsync.store.model.Append}: an event to be stored
 *   <li>{@link io.github.matrixsync.store.model.Interest} and {@link io.github.matrixsync.store.model.LogPage}: a read
 *       of the log, and its result
 *   <li>{@link io.github.matrixsync.store.model.Backfill}: the rooms and redacted events of some backfill
 *   <li>{@link io.github.matrixsync.store.model.Range} and {@link io.github.matrixsync.store.model.Ranges}: parts of
 *       the log
 *   <li>{@link io.github.matrixsync.store.model.HistoryPoint}, {@link io.github.matrixsync.store.model.HistorySlice}
 *       and {@link io.github.matrixsync.store.model.Direction}: a room's history, ordered by depth
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.model;

import org.jspecify.annotations.NullMarked;
