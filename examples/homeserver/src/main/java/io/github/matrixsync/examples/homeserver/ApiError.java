package io.github.matrixsync.examples.homeserver;

/** What a request is refused with. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String errcode;

  private ApiError(int status, String errcode, String message) {
    super(message, null, false, false);
    this.status = status;
    this.errcode = errcode;
  }

  static ApiError of(int status, String errcode, String message) {
    return new ApiError(status, errcode, message);
  }

  static ApiError forbidden(String message) {
    return new ApiError(403, "M_FORBIDDEN", message);
  }

  static ApiError notFound(String message) {
    return new ApiError(404, "M_NOT_FOUND", message);
  }

  static ApiError notJson(String message) {
    return new ApiError(400, "M_NOT_JSON", message);
  }

  static ApiError badJson(String message) {
    return new ApiError(400, "M_BAD_JSON", message);
  }

  static ApiError badParameter(String message) {
    return new ApiError(400, "M_INVALID_PARAM", message);
  }

  int status() {
    return status;
  }

  String errcode() {
    return errcode;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
