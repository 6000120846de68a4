/**
 * The tests that every adapter passes, through sockets.
 *
 * <p>In reading order: {@code AdapterContract} has the tests, {@code ExampleHost} is the engine that they serve, with
 * its users and its room, {@code HttpSocket} and {@code Crowd} are clients, one and a thousand, {@code BadInput} lists
 * requests that servers refuse in different ways, {@code Threads} is what a server runs on, {@code HangUps} what it
 * notices, {@code Output} looks at what was logged, {@code SourceLines} counts an adapter's lines, and {@code Figures}
 * writes down what was measured.
 */
@NullMarked
package io.github.matrixsync.examples.adapters.contract;

import org.jspecify.annotations.NullMarked;
