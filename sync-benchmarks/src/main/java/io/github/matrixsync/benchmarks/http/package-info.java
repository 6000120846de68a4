/**
 * The load over HTTP. In reading order: {@link io.github.matrixsync.benchmarks.http.HttpLoad}, the command;
 * {@link io.github.matrixsync.benchmarks.http.Load} and its questions, one class each;
 * {@link io.github.matrixsync.benchmarks.http.Server}; {@link io.github.matrixsync.benchmarks.http.Client},
 * {@link io.github.matrixsync.benchmarks.http.People}, {@link io.github.matrixsync.benchmarks.http.Pollers};
 * {@link io.github.matrixsync.benchmarks.http.Loop} and {@link io.github.matrixsync.benchmarks.http.Connection}, a
 * client so small that it is never what is measured.
 */
@NullMarked
package io.github.matrixsync.benchmarks.http;

import org.jspecify.annotations.NullMarked;
