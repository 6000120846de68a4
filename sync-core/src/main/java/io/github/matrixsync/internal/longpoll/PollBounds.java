package io.github.matrixsync.internal.longpoll;

import java.time.Duration;

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
  /** Returns the most events of an answer, given the limit that the poll asked for; 0 asks for any number. */
  int limit(int asked) {
    return asked == 0 ? batch : Math.min(asked, batch);
  }
}
