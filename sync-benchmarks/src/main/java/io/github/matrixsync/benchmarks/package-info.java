/**
 * The command line of the benchmarks.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Main}: the command
 *   <li>{@code Questions}: all questions, in the order of the table
 *   <li>{@code Forks}: measures each question in a process of its own
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks;

import org.jspecify.annotations.NullMarked;
