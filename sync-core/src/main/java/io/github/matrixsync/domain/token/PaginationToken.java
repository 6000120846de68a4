package io.github.matrixsync.domain.token;

import java.util.Objects;

/**
 * Where a client stands: a gap between positions, never an event. A {@link StreamToken} ({@code s...}) stands in the
 * stream of everything; a {@link HistoryToken} ({@code t...}) stands in the history of one room. Immutable; any user
 * may use any token.
 *
 * @since 0.1.0
 */
public sealed interface PaginationToken permits StreamToken, HistoryToken {
  /**
   * Returns the token that {@code text} spells.
   *
   * @throws InvalidTokenException if it spells none
   */
  static PaginationToken parse(String text) {
    Objects.requireNonNull(text, "token");
    return text.startsWith("t") ? HistoryToken.parse(text) : StreamToken.parse(text);
  }

  /**
   * Returns the token with as many parts as there are streams, missing ones being 0.
   *
   * @throws InvalidTokenException if it has more parts than that
   */
  PaginationToken requireAtMost(int size);

  /** Returns the token's text, in the one form in which this library prints it. */
  @Override
  String toString();
}
