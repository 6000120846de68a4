package io.github.matrixsync.domain.token;

/**
 * Thrown when a text is not a valid token. The message names the wrong part and the reason, and contains the part, cut
 * at 64 characters.
 *
 * @since 0.1.0
 */
public final class InvalidTokenException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 64;

  private InvalidTokenException(String message) {
    super(message);
  }

  static InvalidTokenException of(String expected, String got) {
    String shown = got.length() <= SHOWN ? got : got.substring(0, SHOWN) + "...";
    return new InvalidTokenException(expected + ", got '" + shown + "'");
  }
}
