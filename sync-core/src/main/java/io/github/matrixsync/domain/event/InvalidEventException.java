package io.github.matrixsync.domain.event;

/**
 * Thrown when an event's JSON is not a valid event. The message names the field, what was expected and what was found,
 * cut at 64 characters; it never contains the event's content.
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
