package io.github.matrixsync.homeserver.registration;

import java.util.List;

/**
 * A key of a registration file is missing or wrong.
 *
 * @since 0.1.0
 */
public final class InvalidRegistrationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String[] path;

  /**
   * Creates the exception.
   *
   * @param path the keys from the beginning of the file to what is wrong, with the numbers of entries of lists
   * @param message names the key, and quotes no token
   */
  InvalidRegistrationException(List<String> path, String message) {
    super(message);
    this.path = path.toArray(String[]::new);
  }

  /** Returns the keys from the beginning of the file to what is wrong: {@code [namespaces, users, 0, regex]}. */
  public List<String> path() {
    return List.of(path);
  }
}
