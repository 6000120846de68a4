package io.github.matrixsync.store.model;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Objects;

/**
 * Selects the events of a log read. A store may return more than the interest asks for, never less (rule B3); the
 * engine filters the result. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Interest {
  /**
   * Every event.
   *
   * @since 0.1.0
   */
  record Everything() implements Interest {}

  /**
   * The events of one room.
   *
   * @param room the room
   * @since 0.1.0
   */
  record OfRoom(RoomId room) implements Interest {
    /** Checks that the room is there. */
    public OfRoom {
      Objects.requireNonNull(room, "room");
    }
  }

  /**
   * The events that may concern one user: the events of every room they were joined to anywhere in the interval read
   * (at its beginning, or through a change in it), the member events about them, outliers included, and the events they
   * sent.
   *
   * @param user the user
   * @since 0.1.0
   */
  record OfUser(UserId user) implements Interest {
    /** Checks that the user is there. */
    public OfUser {
      Objects.requireNonNull(user, "user");
    }
  }

  /** Returns the interest in every event. */
  static Interest everything() {
    return new Everything();
  }

  /** Returns the interest in one room's events. */
  static Interest of(RoomId room) {
    return new OfRoom(room);
  }

  /** Returns the interest of one user. */
  static Interest of(UserId user) {
    return new OfUser(user);
  }
}
