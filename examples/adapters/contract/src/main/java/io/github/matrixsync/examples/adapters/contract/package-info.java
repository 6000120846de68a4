/**
 * The tests that every adapter passes, through sockets.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code AdapterContract}: the tests, with {@code RequestContract} and {@code PollContract}, which it extends
 *   <li>{@code RunningAdapter}: starts and closes the adapter that they ask
 *   <li>{@code ExampleHost}: the engine that adapters serve, with its users and its room
 *   <li>{@code HttpSocket}, {@code Crowd}: one client, and a thousand
 *   <li>{@code BadInput}: requests that servers refuse in different ways
 *   <li>{@code Threads}: on which threads a server runs, {@code HangUps}: which clients it notices that hang up
 *   <li>{@code ShutdownHooks}: what a server would do when the JVM ends
 *   <li>{@code Output}: what was logged, {@code SourceLines}: counts the lines of an adapter
 *   <li>{@code Figures}: writes down what was measured
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.adapters.contract;

import org.jspecify.annotations.NullMarked;
