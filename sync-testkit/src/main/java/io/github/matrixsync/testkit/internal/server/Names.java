package io.github.matrixsync.testkit.internal.server;

import java.nio.charset.StandardCharsets;

/** The errors for names of users and rooms that are not valid. Pure. */
public final class Names {
  private static final int MOST_BYTES = 255;

  private Names() {}

  /**
   * Returns the error for a name of which no valid id can be made.
   *
   * @param name the name that the test gave
   * @param id the id that was made of it
   * @param grammar which characters a name may have, as the beginning of a message
   */
  public static IllegalArgumentException invalid(String name, String id, String grammar) {
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    return new IllegalArgumentException(
        bytes > MOST_BYTES
            ? "an id has at most " + MOST_BYTES + " bytes, but that of this name would have "
                + bytes
            : grammar + ", got \"" + name + "\"");
  }
}
