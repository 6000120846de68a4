package io.github.matrixsync.sync;

/**
 * As of which moment a room's part gives state. Pure.
 *
 * @since 0.1.0
 */
public enum StateMode {
  /**
   * State at the beginning of the timeline, under {@code state}: clients apply the timeline's state events to it.
   *
   * <p>Source: {@code GET /sync} of the Client-Server API r0 and v3.
   */
  BEFORE("state"),

  /**
   * State at the end of the timeline, under {@code state_after}: clients take state from there alone.
   *
   * <p>Source: the parameter {@code use_state_after} of the Client-Server API v1.16.
   */
  AFTER("state_after"),

  /**
   * As {@link #AFTER}, in the spelling from before it was part of the specification.
   *
   * <p>Source: MSC4222.
   */
  AFTER_UNSTABLE("org.matrix.msc4222.state_after");

  private final String key;

  StateMode(String key) {
    this.key = key;
  }

  /** Returns the key of a room's state in the answer. */
  public String key() {
    return key;
  }

  /** Returns whether state is that of the timeline's end. */
  public boolean isAfter() {
    return this != BEFORE;
  }
}
