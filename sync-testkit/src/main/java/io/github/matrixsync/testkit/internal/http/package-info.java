/**
 * A world over HTTP, by what the JDK has: requests become actions of the world, and events are pushed to services.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code HttpWorld}: the server, and {@code WorldAccounts}: the accounts of the users
 *   <li>{@code Exchange}: one request, and {@code Sender}: sends its answer
 *   <li>{@code Faults}, {@code Fault}: what goes wrong with requests
 *   <li>{@code Routes}, {@code Expectation}: which requests there can be, and how often they are expected
 *   <li>{@code Pushes}: what is pushed to application services, {@code ServiceLink}: the connection to one,
 *       {@code Push}: a request to one
 *   <li>{@code Traffic}: what is under way
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.internal.http;

import org.jspecify.annotations.NullMarked;
