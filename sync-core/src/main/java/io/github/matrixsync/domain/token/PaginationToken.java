package io.github.matrixsync.domain.token;

import java.util.Objects;

/**
 * A token of a client's position, always between two events. A {@link StreamToken} ({@code s...}) is a position in all
 * streams; a {@link HistoryToken} ({@code t...}) is a position in the history of one room. Immutable; any user may use
 * any token.
 *
 * @since 0.1.0
 */
public sealed interface PaginationToken permits StreamToken, HistoryToken {
  /**
   * Parses a token of either kind.
   *
   * @throws InvalidTokenException if it is not a token
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

  /** Returns the token's canonical text. */
  @Override
  String toString();
}
