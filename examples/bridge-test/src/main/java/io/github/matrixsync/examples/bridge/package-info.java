/**
 * Bridges, whose tests show the test kit.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Relay}: repeats in one room what is said in another
 *   <li>{@code Body}: reads the text of a message
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.bridge;

import org.jspecify.annotations.NullMarked;
