package io.github.matrixsync.call;

import io.github.matrixsync.event.RoomId;

/**
 * The user is not, and was not, in the room, and it is not open to everybody; or there is no such room. Which of these
 * it is, is not said.
 */
public final class RoomNotReadableException extends SyncException {
  private static final long serialVersionUID = 1L;

  /** Says which room was asked for. */
  public RoomNotReadableException(RoomId room) {
    super("not permitted to read room " + room);
  }
}
