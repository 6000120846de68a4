package io.github.matrixsync.testkit;

import io.github.matrixsync.testkit.internal.server.WorldEvents;
import java.util.Set;

/**
 * Events that have their positions but cannot be read yet, as if the transaction that writes them was still open. What
 * is sent meanwhile comes after them, and waits for them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LateCommit {
  private final MatrixWorld world;
  private final WorldEvents events;
  private final Set<Long> positions;

  LateCommit(MatrixWorld world, WorldEvents events, Set<Long> positions) {
    this.world = world;
    this.events = events;
    this.positions = positions;
  }

  /** Commits the events, so that they and what waited for them can be read. Committing again does nothing. */
  public void commits() {
    world.act("the late commit of " + positions.size() + " events", () -> {
      events.commit(positions);
      return positions;
    });
  }
}
