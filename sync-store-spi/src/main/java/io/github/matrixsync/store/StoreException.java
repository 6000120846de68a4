package io.github.matrixsync.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a store fails to read or write (rule E1).
 *
 * @since 0.1.0
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outcomeKnown;

  private StoreException(
      @Nullable String message, @Nullable Throwable cause, boolean outcomeKnown) {
    super(message, cause);
    this.outcomeKnown = outcomeKnown;
  }

  /**
   * Returns the failure of a read, or of a write that certainly stored nothing. The message may be null, as that of a
   * cause may.
   */
  public static StoreException failed(@Nullable String message, @Nullable Throwable cause) {
    return new StoreException(message, cause, true);
  }

  /**
   * Returns the failure of a write that may or may not have been stored. Appending the same events again is safe (rule
   * A3). The message may be null, as that of a cause may.
   */
  public static StoreException outcomeUnknown(@Nullable String message, @Nullable Throwable cause) {
    return new StoreException(message, cause, false);
  }

  /** Returns whether it is certain that nothing was stored; always true for reads. */
  public boolean isOutcomeKnown() {
    return outcomeKnown;
  }
}
