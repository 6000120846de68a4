package io.github.matrixsync.homeserver.body;

import io.github.matrixsync.event.UserId;
import java.util.function.Function;

/**
 * Parses the identifiers in requests.
 *
 * @since 0.1.0
 */
public final class Ids {
  private Ids() {}

  /** Parses an identifier, or throws an {@link ApiError}. */
  public static <I> I id(String text, Function<String, I> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw ApiError.badParameter(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the name of a user's server. */
  public static String server(UserId user) {
    return user.value().substring(user.value().indexOf(':') + 1);
  }
}
