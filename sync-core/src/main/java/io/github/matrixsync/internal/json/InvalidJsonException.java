package io.github.matrixsync.internal.json;

import java.util.Objects;

/** Thrown for bytes that are not one JSON object within the reader's limits. The message never contains content. */
public final class InvalidJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
