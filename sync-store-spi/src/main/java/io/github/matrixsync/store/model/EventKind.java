package io.github.matrixsync.store.model;

/**
 * How an event entered the log.
 *
 * @since 0.1.0
 */
public enum EventKind {
  /** A new event with its room's state; its position is at least 1. */
  LIVE,
  /** An event without its room's state, known only by its own subject; its position is at least 1. */
  OUTLIER,
  /** An event of the room's past; its position is at most -1, and it is in no stream. */
  BACKFILL
}
