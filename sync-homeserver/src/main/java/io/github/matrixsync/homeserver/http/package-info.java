/**
 * Requests, parsed, and their routes; without an HTTP library.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Api}: one version of the API: its prefix, its form of events, its routes
 *   <li>{@code Router}: maps requests to handlers
 *   <li>{@code Request}: a request as it came
 *   <li>{@code Parameters}: the query, the form and the access token
 *   <li>{@code Requester}: who sent a request
 *   <li>{@code Call}: one parsed request
 *   <li>{@code Transactions}: caches the answers of transactions
 *   <li>{@code Response}: what is sent back
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.http;

import org.jspecify.annotations.NullMarked;
