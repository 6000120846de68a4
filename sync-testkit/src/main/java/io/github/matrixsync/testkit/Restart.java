package io.github.matrixsync.testkit;

/**
 * What a server keeps when it is restarted.
 *
 * @since 0.1.0
 */
public enum Restart {
  /** Everything that it stores; earlier tokens stay valid. */
  KEEPING,
  /** Rooms, receipts and account data, but not presence and typing; earlier tokens are expired. */
  FORGETTING
}
