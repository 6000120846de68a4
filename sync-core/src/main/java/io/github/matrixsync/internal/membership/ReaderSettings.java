package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a user has set for themselves, as it was read. Immutable.
 *
 * @param ignored whose messages and invites they do not get
 * @param presenceList whose presence they follow besides that of people in shared rooms
 * @param readAt when it was read
 */
public record ReaderSettings(Set<UserId> ignored, Set<UserId> presenceList, Instant readAt) {
  /** Nothing was read, or what was read is out of date. */
  static final ReaderSettings UNREAD = new ReaderSettings(Set.of(), Set.of(), Instant.MIN);

  public static ReaderSettings read(UserSettings settings, UserId user, Instant now) {
    return new ReaderSettings(settings.ignored(user), settings.presenceList(user), now);
  }

  /** Returns the same, to be read again before it is used. */
  ReaderSettings outdated() {
    return new ReaderSettings(ignored, presenceList, Instant.MIN);
  }

  /** Returns whether it was read, and no change was signalled since. */
  public boolean isRead() {
    return !readAt.equals(Instant.MIN);
  }

  /** Returns whether it was read, and no longer ago than a signal of a change may be lost. */
  public boolean isFresh(Instant now, Duration longest) {
    return isRead() && !readAt.plus(longest).isBefore(now);
  }
}
