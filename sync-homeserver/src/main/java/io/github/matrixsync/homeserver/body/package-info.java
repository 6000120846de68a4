/**
 * What requests and answers consist of: JSON, identifiers, errors.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Json}: reads bodies, and what requests have in them
 *   <li>{@code Content}: a JSON object as it came
 *   <li>{@code Payload}: the body of a request, JSON or a file
 *   <li>{@code Ids}: identifiers as requests name them
 *   <li>{@code Answer}: a status, headers and a body
 *   <li>{@code ApiError}: an answer that says what was wrong
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.body;

import org.jspecify.annotations.NullMarked;
