package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.EphemeralStream;

/**
 * The part of all streams that an answer covers. Immutable.
 *
 * @param after the token after which the answer begins
 * @param end the token at which it ends
 */
public record TokenRange(StreamToken after, StreamToken end) {
  /** Returns whether a stream moved in this range. */
  boolean moved(EphemeralStream stream) {
    return end.part(stream.part()) > after.part(stream.part());
  }
}
