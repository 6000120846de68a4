/**
 * The HTTP edge without an HTTP library: turns a path, a query and the user who asks into a status, headers and a body.
 * A host's adapter passes in what its server received, and writes the response.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.rest.RestEdge}: answers requests
 *   <li>{@link io.github.matrixsync.rest.RestRequest}, {@link io.github.matrixsync.rest.RestResponse}, {@link
 *       io.github.matrixsync.rest.RestSettings}: a request, its response, and what a host may choose
 *   <li>{@code Route}: which endpoint a path names, and the ids in it
 *   <li>{@code RoomEndpoints}, {@code SyncEndpoints}: the requests for parts of one room, and for {@code /sync}
 *   <li>{@code Parameters}, {@code BadRequestException}: all rules for query parameters
 *   <li>{@code Pending}: an answer that is being made, and how it is cancelled
 *   <li>{@code Bodies}, {@code SyncBodies}, {@code Answer}: the engine's values as JSON
 *   <li>{@code Failures}: the error answers
 *   <li>{@code FailureLog}: logs failures by kind, once when they begin and once when they end
 * </ul>
 *
 * <p>Only the first two lines are of interest to a host.
 */
@NullMarked
package io.github.matrixsync.rest;

import org.jspecify.annotations.NullMarked;
