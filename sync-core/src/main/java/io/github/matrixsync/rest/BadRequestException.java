package io.github.matrixsync.rest;

import org.jspecify.annotations.Nullable;

/**
 * A request that can be refused without asking the engine: status 400. Its message is for the
 * client.
 */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String errcode;

  BadRequestException(String errcode, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.errcode = errcode;
  }

  String errcode() {
    return errcode;
  }
}
