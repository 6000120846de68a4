/**
 * The command line of the benchmarks: {@link io.github.matrixsync.benchmarks.Main} asks the
 * {@link io.github.matrixsync.benchmarks.Questions}.
 */
@NullMarked
package io.github.matrixsync.benchmarks;

import org.jspecify.annotations.NullMarked;
