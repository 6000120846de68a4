package io.github.matrixsync.domain.filter;

/**
 * Thrown when a text is not a valid filter. The message names the path of the wrong key, such as {@code
 * room.timeline.limit}, what was expected and what was found, cut at 64 characters.
 *
 * @since 0.1.0
 */
public final class InvalidFilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  private InvalidFilterException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * Why a filter is refused.
   *
   * @since 0.1.0
   */
  public enum Reason {
    /** The text is not JSON in UTF-8, or is nested too deep. */
    NOT_JSON,

    /** The text is longer than {@link FilterSpec#MAX_BYTES}, or no id of {@link FilterIds} can hold it. */
    TOO_LARGE,

    /** The JSON is not that of a filter: a value has the wrong kind or is not allowed. */
    INVALID_VALUE
  }

  static InvalidFilterException notJson(String message) {
    return new InvalidFilterException(Reason.NOT_JSON, message);
  }

  static InvalidFilterException tooLarge(String message) {
    return new InvalidFilterException(Reason.TOO_LARGE, message);
  }

  static InvalidFilterException invalid(String path, String problem) {
    return new InvalidFilterException(Reason.INVALID_VALUE, path + " " + problem);
  }

  /** Returns why the filter is refused. */
  public Reason reason() {
    return reason;
  }
}
