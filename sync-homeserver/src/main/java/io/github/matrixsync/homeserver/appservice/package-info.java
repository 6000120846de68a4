/**
 * Application services: their tokens, and what the server sends to them.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Services}: all services, and whose token is whose
 *   <li>{@code ServiceClient}: calls a service over HTTP
 *   <li>{@code ServiceConnection}: the HTTP client of the host
 *   <li>{@code Pusher}: sends a service its events, in bodies of {@code PushedData}
 *   <li>{@code PushPositions}: how far each service has come, {@code PushedTransaction}: what it has not accepted yet
 *   <li>{@code Introductions}: asks services for users and rooms that are not there yet
 *   <li>{@code NetworkLists}: the rooms that services list for their networks
 *   <li>{@code PingEndpoint}: shows a service whether the server reaches it
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.appservice;

import org.jspecify.annotations.NullMarked;
