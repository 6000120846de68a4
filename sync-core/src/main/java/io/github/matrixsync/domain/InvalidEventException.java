package io.github.matrixsync.domain;

/**
 * Thrown when an event's JSON is not what an event must be. The message says which field, what was expected and what came, cut at 64 characters; it never shows an event's content.
 */
public final class InvalidEventException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 64;

  InvalidEventException(String message) {
    super(message);
  }

  /** Returns {@code text} in quotes, cut at 64 characters. */
  static String quoted(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
  }
}
