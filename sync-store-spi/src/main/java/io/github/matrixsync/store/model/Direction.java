package io.github.matrixsync.store.model;

/**
 * The way a room's history is walked.
 *
 * @since 0.1.0
 */
public enum Direction {
  /** From old to new. */
  FORWARD,
  /** From new to old. */
  BACKWARD
}
