/**
 * The statistics of a sync engine as Micrometer meters: {@link io.github.matrixsync.micrometer.SyncEngineMetrics} is
 * the only public type, {@code Meters} registers the meters, and {@code Latest} caches the statistics for a second, so
 * that a registry that reads forty meters reads them once.
 */
@NullMarked
package io.github.matrixsync.micrometer;

import org.jspecify.annotations.NullMarked;
