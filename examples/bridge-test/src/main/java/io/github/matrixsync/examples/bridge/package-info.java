/**
 * Bridges, whose tests show the test kit.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Relay}: repeats in one room the messages of another, {@code Body}: reads the text of a message
 *   <li>{@code Bridge}: a bridge to a chat network, with ghosts
 *   <li>{@code ChatNetwork}: the chat network, {@code Homeserver}: the bridge's actions on Matrix, {@code Delays}: its
 *       delays
 *   <li>{@code Portals}: maps rooms to channels, and events to messages
 *   <li>{@code MatrixListener}: in the same process as the server, follows the stream of the bot
 *   <li>{@code TransactionServer}, {@code HttpHomeserver}: over HTTP, take events and perform actions
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.bridge;

import org.jspecify.annotations.NullMarked;
