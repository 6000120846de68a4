/**
 * How far each stream of the store is known on this node, and who is told when it advances.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Listeners}: registers and calls listeners
 *   <li>{@code Watermark}: how far a stream is known
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.stream;

import org.jspecify.annotations.NullMarked;
