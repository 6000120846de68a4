package io.github.matrixsync.testkit.internal.server;

import java.nio.charset.StandardCharsets;

/** Words what is wrong with the name of a user or a room. Pure. */
public final class Names {
  private static final int MOST_BYTES = 255;

  private Names() {}

  /**
   * Returns the error for an id that cannot be one.
   *
   * @param name what the test named
   * @param id the id that was made of it
   * @param grammar what a name may hold
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
