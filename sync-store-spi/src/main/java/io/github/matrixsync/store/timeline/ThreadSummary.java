package io.github.matrixsync.store.timeline;

import java.util.Objects;

/**
 * What is shown of a thread at its root.
 *
 * @param latest the newest child that is counted
 * @param count how many children are counted, at least 1
 * @param participated whether the viewer sent the root or a child
 * @since 0.1.0
 */
public record ThreadSummary(Child latest, int count, boolean participated) {
  /** Checks that there is a child. */
  public ThreadSummary {
    Objects.requireNonNull(latest, "latest");
    if (count < 1) {
      throw new IllegalArgumentException("a thread has at least one child, got " + count);
    }
  }
}
