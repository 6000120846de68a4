/**
 * What a benchmark says. In reading order: {@link io.github.matrixsync.benchmarks.table.Question},
 * {@link io.github.matrixsync.benchmarks.table.Size}, {@link io.github.matrixsync.benchmarks.table.Interleaved},
 * {@link io.github.matrixsync.benchmarks.table.Amount}, {@link io.github.matrixsync.benchmarks.table.Row},
 * {@link io.github.matrixsync.benchmarks.table.Markdown}.
 */
@NullMarked
package io.github.matrixsync.benchmarks.table;

import org.jspecify.annotations.NullMarked;
