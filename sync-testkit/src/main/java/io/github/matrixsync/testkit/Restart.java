package io.github.matrixsync.testkit;

/**
 * What a server that starts again has kept.
 *
 * @since 0.1.0
 */
public enum Restart {
  /** Everything that it stores: tokens from before are good. */
  KEEPING,
  /** Rooms, receipts and account data, but not presence and typing: tokens from before are expired. */
  FORGETTING
}
