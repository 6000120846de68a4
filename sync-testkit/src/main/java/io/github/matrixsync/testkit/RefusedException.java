package io.github.matrixsync.testkit;

/**
 * Thrown when the rules of a room forbid what a user does, as a server refuses a request. The message says why, with
 * the levels of power that count, and how to do it all the same.
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
   * @param message why
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
