/**
 * The parts of a small homeserver around the sync core, without an HTTP library, for tests and examples.
 *
 * <p>{@code Requests} receives a request, package {@code http} parses it, and a class of {@code endpoint} answers it;
 * what it changes is in {@code people}, {@code room}, {@code device}, {@code push} and {@code media}. {@code
 * registration} has the files of application services, and {@code appservice} sends events to these. There is no
 * federation, and the checks of membership and power levels are simple. Versions promise nothing of these packages.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Requests}: passes requests to the sync core or an endpoint
 *   <li>{@code Apis}: the versions of the API and their routes
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver;

import org.jspecify.annotations.NullMarked;
