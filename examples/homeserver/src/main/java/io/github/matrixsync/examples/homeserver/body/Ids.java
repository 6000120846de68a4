package io.github.matrixsync.examples.homeserver.body;

import io.github.matrixsync.event.UserId;
import java.util.function.Function;

/** Parses the identifiers in requests. */
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
