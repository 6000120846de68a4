package io.github.matrixsync.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a store fails to read or write (rule E1).
 *
 * @since 0.1.0
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outcomeKnown;

  private StoreException(String message, @Nullable Throwable cause, boolean outcomeKnown) {
    super(message, cause);
    this.outcomeKnown = outcomeKnown;
  }

  /** Returns the failure of a read, or of a write that certainly stored nothing. */
  public static StoreException failed(String message, @Nullable Throwable cause) {
    Objects.requireNonNull(message, "message");
    return new StoreException(message, cause, true);
  }

  /**
   * Returns the failure of a write that may or may not have been stored. Appending the same events again is safe (rule
   * A3).
   */
  public static StoreException outcomeUnknown(String message, @Nullable Throwable cause) {
    Objects.requireNonNull(message, "message");
    return new StoreException(message, cause, false);
  }

  /** Returns whether it is certain that nothing was stored; always true for reads. */
  public boolean isOutcomeKnown() {
    return outcomeKnown;
  }
}
