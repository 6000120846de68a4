package io.github.matrixsync.domain.event;

/**
 * Thrown when an event's JSON is not what an event must be. The message says which field, what was expected and what
 * came, cut at 64 characters; it never shows an event's content.
 *
 * @since 0.1.0
 */
public class InvalidEventException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** For the engine. */
  protected InvalidEventException(String message) {
    super(message);
  }
}
