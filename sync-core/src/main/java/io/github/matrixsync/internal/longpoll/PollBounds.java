package io.github.matrixsync.internal.longpoll;

import java.time.Duration;

/**
 * What bounds polls. Immutable.
 *
 * @param batch the most room events in one answer
 * @param ofUser the most polls of one user at a time
 * @param inAll the most polls at a time
 * @param jitter the most by which a wait is shortened, 0 to 1 of it
 * @param presenceHold how long after its beginning a poll waits for something else than presence
 */
public record PollBounds(int batch, int ofUser, long inAll, double jitter, Duration presenceHold) {
  /** Returns the most events of an answer to a poll, which asked for so many, or with 0 for any number. */
  int limit(int asked) {
    return asked == 0 ? batch : Math.min(asked, batch);
  }
}
