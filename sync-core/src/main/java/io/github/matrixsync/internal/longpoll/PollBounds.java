package io.github.matrixsync.internal.longpoll;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The limits of polls. Immutable.
 *
 * @param batch the most room events in one answer
 * @param ofUser the most polls of one user at a time
 * @param inAll the most polls at a time
 * @param jitter the largest share by which a wait is shortened at random, 0 to 1
 * @param presenceHold how long after its beginning a poll delays an answer that has only presence
 */
public record PollBounds(int batch, int ofUser, long inAll, double jitter, Duration presenceHold) {
  /** Returns the most events of an answer to a poll that asked for so many, or for no number. */
  int limit(OptionalInt asked) {
    return Math.min(asked.orElse(batch), batch);
  }
}
