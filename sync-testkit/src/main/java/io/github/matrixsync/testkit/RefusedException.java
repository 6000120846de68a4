package io.github.matrixsync.testkit;

/**
 * Thrown when the rules of a room forbid an action, or the event is too large, so that a server would refuse the
 * request. The message says the reason, with the power levels that matter, and how a test can append the event anyway.
 *
 * @since 0.1.0
 */
public final class RefusedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String errcode;

  /**
   * Creates the refusal of one action.
   *
   * @param errcode what a server would have answered, such as {@code M_FORBIDDEN}
   * @param message the reason
   */
  public RefusedException(String errcode, String message) {
    super(message);
    this.errcode = errcode;
  }

  /** Returns the error code with which a server would have answered, such as {@code M_FORBIDDEN}. */
  public String errcode() {
    return errcode;
  }
}
