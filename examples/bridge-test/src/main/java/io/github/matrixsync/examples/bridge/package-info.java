/**
 * Bridges, whose tests show the test kit.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Relay}: repeats in one room the messages of another, {@code Body}: reads the text of a message
 *   <li>{@code Bridge}: a bridge to a chat network, with ghosts
 *   <li>{@code ChatNetwork}: the chat network, {@code Homeserver}: the bridge's actions on Matrix
 *   <li>{@code MatrixListener}: follows the stream of the bot, and continues after failures
 *   <li>{@code Portals}: maps rooms to channels, and events to messages
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.bridge;

import org.jspecify.annotations.NullMarked;
