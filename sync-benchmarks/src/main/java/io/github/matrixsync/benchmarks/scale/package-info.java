/**
 * Questions of scale: many streams, many calls, much data. One class a question; each says what it measures, on what
 * data, and beside which floor.
 */
@NullMarked
package io.github.matrixsync.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
