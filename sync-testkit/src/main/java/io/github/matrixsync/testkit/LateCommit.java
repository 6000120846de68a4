package io.github.matrixsync.testkit;

import io.github.matrixsync.testkit.internal.server.WorldEvents;
import java.util.Set;

/**
 * Events that have positions but cannot be read yet, as if the transaction that writes them were still open. Events
 * that are sent meanwhile get later positions, and cannot be read before them. Thread-safe.
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

  /** Commits the events, so that they and later events can be read. Calling it again does nothing. */
  public void commits() {
    world.act(what(), () -> {
      events.commit(positions);
      return positions;
    });
  }

  /** Commits the events of an action that has failed. What goes wrong in a reaction is thrown by the next action. */
  void ends() {
    world.actions.serve(what(), () -> events.commit(positions));
  }

  private String what() {
    String count = positions.size() == 1 ? "1 event" : positions.size() + " events";
    return "the late commit of " + count;
  }
}
