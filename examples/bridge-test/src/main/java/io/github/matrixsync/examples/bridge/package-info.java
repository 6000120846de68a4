/**
 * Bridges, whose tests show the test kit.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Relay}: repeats in one room what is said in another, {@code Body}: reads the text of a message
 *   <li>{@code Bridge}: a bridge to a chat network, with ghosts
 *   <li>{@code ChatNetwork}: that network, {@code Homeserver}: what the bridge does on Matrix
 *   <li>{@code MatrixListener}: follows the stream of the bot, and begins again when that fails
 *   <li>{@code Portals}: which room and event belongs to which channel and message
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.bridge;

import org.jspecify.annotations.NullMarked;
