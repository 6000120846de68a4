/**
 * The rules of writers and readers at once, and the races that show whether they hold.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code WriterSubject}: a store that is filled with a pause before the commit
 *   <li>{@code WriterRules}: the rules P, W and L with several writers
 *   <li>{@code HeldFill}: a transaction that is held open
 *   <li>{@code Race}: writers and watchers that run at once, from a seed
 *   <li>{@code RaceWatcher}: a watcher of the watermark
 *   <li>{@code RaceFollower}: a watcher that follows the stream
 *   <li>{@code RaceBatchReader}: a watcher that looks for batches of which only a part can be read
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.rules.writer;

import org.jspecify.annotations.NullMarked;
