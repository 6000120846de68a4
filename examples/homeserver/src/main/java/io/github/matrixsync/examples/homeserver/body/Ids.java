package io.github.matrixsync.examples.homeserver.body;

import io.github.matrixsync.event.UserId;
import java.util.function.Function;

/** Identifiers as requests name them. */
public final class Ids {
  private Ids() {}

  /** Returns the identifier that a text is, or answers that it is none. */
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
