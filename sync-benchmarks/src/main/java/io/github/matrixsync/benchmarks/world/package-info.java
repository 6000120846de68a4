/**
 * What the engine is measured on. In reading order: {@link io.github.matrixsync.benchmarks.world.Events},
 * {@link io.github.matrixsync.benchmarks.world.Community}, whose events are all in a store;
 * {@link io.github.matrixsync.benchmarks.world.Population} and
 * {@link io.github.matrixsync.benchmarks.world.FormulaStore}, where none are;
 * {@link io.github.matrixsync.benchmarks.world.Zipf}; then what counts and checks:
 * {@link io.github.matrixsync.benchmarks.world.StoreCalls}, {@link io.github.matrixsync.benchmarks.world.Heap},
 * {@link io.github.matrixsync.benchmarks.world.Pool}, {@link io.github.matrixsync.benchmarks.world.Expect}.
 */
@NullMarked
package io.github.matrixsync.benchmarks.world;

import org.jspecify.annotations.NullMarked;
