/**
 * How far each stream of the store is known on this node, and who is told when it advances.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Listeners}: registers and calls listeners
 *   <li>{@code StreamNumber}: the streams
 *   <li>{@code Watermark}: how far a stream is known
 *   <li>{@code NextDeadline} and {@code SettingsChanges}: what listeners of typing and of settings are told besides
 *   <li>{@code Heads}: one look at all streams
 *   <li>{@code ProvenRead}: a read that fails if the server has not got all rows
 *   <li>{@code Hints}: tells other nodes of changes, {@code Watcher}: listens for hints, and looks
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.stream;

import org.jspecify.annotations.NullMarked;
