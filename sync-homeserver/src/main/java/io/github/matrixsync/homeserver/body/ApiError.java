package io.github.matrixsync.homeserver.body;

/**
 * An error answer with its status and errcode.
 *
 * @since 0.1.0
 */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String errcode;

  private ApiError(int status, String errcode, String message) {
    super(message, null, false, false);
    this.status = status;
    this.errcode = errcode;
  }

  public static ApiError of(int status, String errcode, String message) {
    return new ApiError(status, errcode, message);
  }

  public static ApiError forbidden(String message) {
    return new ApiError(403, "M_FORBIDDEN", message);
  }

  public static ApiError notFound(String message) {
    return new ApiError(404, "M_NOT_FOUND", message);
  }

  static ApiError notJson(String message) {
    return new ApiError(400, "M_NOT_JSON", message);
  }

  public static ApiError badJson(String message) {
    return new ApiError(400, "M_BAD_JSON", message);
  }

  public static ApiError badParameter(String message) {
    return new ApiError(400, "M_INVALID_PARAM", message);
  }

  public int status() {
    return status;
  }

  public String errcode() {
    return errcode;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
