/**
 * Presents what a benchmark measured as a table.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Question}: what a benchmark implements
 *   <li>{@code Size}: how large its data is
 *   <li>{@code Interleaved}: measures a figure and its floor in turn
 *   <li>{@code Amount}: a number with its unit
 *   <li>{@code Row}: a line of the table, with the target
 *   <li>{@code Markdown}, {@code Machine}: writes the table, and the machine into its heading
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.table;

import org.jspecify.annotations.NullMarked;
