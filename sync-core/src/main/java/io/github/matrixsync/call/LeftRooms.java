package io.github.matrixsync.call;

/**
 * Whether a snapshot lists the rooms that the user left or was banned from, and did not forget.
 *
 * @since 0.1.0
 */
public enum LeftRooms {
  /** They are listed, as of when the user left. */
  LISTED,
  /** They are not listed. */
  HIDDEN
}
