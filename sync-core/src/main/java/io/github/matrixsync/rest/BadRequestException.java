package io.github.matrixsync.rest;

import io.github.matrixsync.domain.filter.InvalidFilterException;
import org.jspecify.annotations.Nullable;

/**
 * A request that can be refused without asking the engine: status 400, 403 or 413. Its message is for the
 * client.
 */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String errcode;

  BadRequestException(String errcode, String message, @Nullable Throwable cause) {
    this(400, errcode, message, cause);
  }

  private BadRequestException(
      int status, String errcode, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.status = status;
    this.errcode = errcode;
  }

  /** Returns the refusal of a request for what is another user's. */
  static BadRequestException forbidden(String message) {
    return new BadRequestException(403, "M_FORBIDDEN", message, null);
  }

  /**
   * Returns the refusal of a filter.
   *
   * @param invalid the errcode for a value that is not allowed
   */
  static BadRequestException of(InvalidFilterException e, String invalid) {
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case NOT_JSON -> new BadRequestException("M_NOT_JSON", message, e);
      case TOO_LARGE -> new BadRequestException(413, "M_TOO_LARGE", message, e);
      case INVALID_VALUE -> new BadRequestException(invalid, message, e);
    };
  }

  int status() {
    return status;
  }

  String errcode() {
    return errcode;
  }
}
