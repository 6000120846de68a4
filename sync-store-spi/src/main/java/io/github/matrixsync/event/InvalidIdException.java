package io.github.matrixsync.event;

/**
 * Thrown when a text is not an identifier of the expected kind. The message says what was expected and shows the text,
 * cut at 64 characters.
 *
 * @since 0.1.0
 */
public final class InvalidIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidIdException(String message) {
    super(message);
  }
}
