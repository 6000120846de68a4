/**
 * The statistics of a sync engine as Micrometer meters: {@link io.github.matrixsync.micrometer.SyncEngineMetrics} is
 * all there is to it, {@code Meters} registers them, and {@code Latest} keeps a registry's look at forty of them from
 * being forty looks at the engine.
 */
@NullMarked
package io.github.matrixsync.micrometer;

import org.jspecify.annotations.NullMarked;
