package io.github.matrixsync.store.model;

/**
 * The direction in which a room's history is read.
 *
 * @since 0.1.0
 */
public enum Direction {
  /** From old to new. */
  FORWARD,
  /** From new to old. */
  BACKWARD
}
