package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;

/**
 * Creates the rooms of a user who takes a snapshot: each with a creation, state, two members, and messages after the
 * user's join.
 */
public final class SnapshotWorld {
  /** The user who takes the snapshot. */
  public static final UserId USER = UserId.parse("@user:example.org");

  /** The user who created the rooms and sends all messages. */
  public static final UserId OTHER = UserId.parse("@other:example.org");

  private static final int BESIDES = 3; // the creation and two joins

  private SnapshotWorld() {}

  /**
   * Creates the rooms.
   *
   * @param state the number of state entries of a room in all, at least 3
   * @param left whether the user has left them all
   */
  public static AppendableEventStore of(int rooms, int state, int messages, boolean left) {
    Community community = Community.inMemory();
    for (int i = 0; i < rooms; i++) {
      RoomId room = Population.room(i);
      community
          .create(room, OTHER)
          .join(room, OTHER)
          .join(room, USER)
          .states(room, OTHER, state - BESIDES)
          .messages(room, OTHER, messages);
      if (left) {
        community.leave(room, USER);
      }
    }
    return community.store();
  }
}
