/**
 * Parsed requests and their routes.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Api}: one version of the API: its prefix, its form of events, its routes
 *   <li>{@code Router}: maps requests to handlers
 *   <li>{@code Parameters}: the query, the form and the access token
 *   <li>{@code Requester}: who sent a request
 *   <li>{@code Call}: one parsed request
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.homeserver.http;

import org.jspecify.annotations.NullMarked;
