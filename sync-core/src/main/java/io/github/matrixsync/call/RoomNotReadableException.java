package io.github.matrixsync.call;

/**
 * Thrown if the user is not, and was not, in the room, and it is not open to everybody; or if there is no such room.
 * Which of these it is, is not said.
 *
 * @since 0.1.0
 */
public non-sealed class RoomNotReadableException extends SyncException {
  private static final long serialVersionUID = 1L;

  /** For the engine, and for fakes of one. */
  protected RoomNotReadableException(String message) {
    super(message);
  }
}
