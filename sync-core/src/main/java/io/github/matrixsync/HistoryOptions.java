package io.github.matrixsync;

import io.github.matrixsync.domain.PaginationToken;
import java.util.Optional;

/**
 * What not every page of history needs. Immutable.
 *
 * @param to the place at which to stop; empty: the end of the room in the direction asked for
 */
public record HistoryOptions(Optional<PaginationToken> to) {
  /** To the end of the room. */
  public static final HistoryOptions DEFAULT = new HistoryOptions(Optional.empty());
}
