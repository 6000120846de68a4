/**
 * The HTTP edge without any HTTP library: from a path, a query and a requester to a status, headers
 * and a body. A host's adapter hands over what its server received and writes out what it gets.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.rest.RestEdge}: the way from a request to its answer
 *   <li>{@link io.github.matrixsync.rest.RestRequest}, {@link io.github.matrixsync.rest.RestResponse}, {@link
 *       io.github.matrixsync.rest.RestSettings}: what goes in, what comes out, what a host may choose
 *   <li>{@code Route}, {@code PathSegment}: which endpoint a path names, and what stands in it
 *   <li>{@code Parameters}, {@code BadRequestException}: every rule on query parameters
 *   <li>{@code Pending}: an answer under way, and how it is cancelled
 *   <li>{@code Bodies}, {@code Answer}: from the engine's values to JSON
 *   <li>{@code Failures}: from what went wrong to an error answer
 * </ul>
 *
 * <p>Only the first two lines are of interest to a host.
 */
@NullMarked
package io.github.matrixsync.rest;

import org.jspecify.annotations.NullMarked;
