package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.operation.EphemeralStream;

/**
 * The part of all streams that an answer covers. Immutable.
 *
 * @param after the token after which the answer begins
 * @param end the token at which it ends
 */
public record TokenRange(StreamToken after, StreamToken end) {
  /** Returns the range of an answer with these room events: if the limit cut them, only the room part moves. */
  public TokenRange upTo(RoomPart part) {
    return part.through() < end.room()
        ? new TokenRange(after, after.withRoom(part.through()))
        : this;
  }

  /** Returns whether a stream moved in this range. */
  boolean moved(EphemeralStream stream) {
    return end.part(stream.part()) > after.part(stream.part());
  }
}
