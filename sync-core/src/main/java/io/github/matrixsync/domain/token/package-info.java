/**
 * Tokens: a client's place in the stream and in a room's history. Pure.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PaginationToken}: a token of either kind, and how it is parsed
 *   <li>{@code StreamToken}: a place in the stream, one position for each of its parts
 *   <li>{@code HistoryToken}: a place in a room's history
 *   <li>{@code TokenParts}: the numbers of a stream token as they are written
 *   <li>{@code InvalidTokenException}: a token that cannot be parsed
 * </ul>
 */
@NullMarked
package io.github.matrixsync.domain.token;

import org.jspecify.annotations.NullMarked;
