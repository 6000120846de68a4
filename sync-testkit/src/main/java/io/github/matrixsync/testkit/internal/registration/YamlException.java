package io.github.matrixsync.testkit.internal.registration;

/** Something in a file is no YAML, or YAML that registration files do not use. */
final class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  YamlException(int line, String message) {
    super("line " + line + ": " + message);
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
