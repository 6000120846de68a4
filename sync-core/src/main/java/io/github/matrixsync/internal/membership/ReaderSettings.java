package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The ignored users and the presence list of a user, as they were read. Immutable.
 *
 * @param ignored the users whose messages and invites the user does not get
 * @param presenceList the users whose presence the user follows besides that of people in shared rooms
 * @param readAt when they were read
 */
public record ReaderSettings(Set<UserId> ignored, Set<UserId> presenceList, Instant readAt) {
  /** Settings that were never read. */
  static final ReaderSettings UNREAD = new ReaderSettings(Set.of(), Set.of(), Instant.MIN);

  public static ReaderSettings read(UserSettings settings, UserId user, Instant now) {
    return new ReaderSettings(settings.ignored(user), settings.presenceList(user), now);
  }

  /** Returns the same settings, marked to be read again before use. */
  ReaderSettings outdated() {
    return new ReaderSettings(ignored, presenceList, Instant.MIN);
  }

  /** Returns whether the settings were read and no change was signalled since. */
  public boolean isRead() {
    return !readAt.equals(Instant.MIN);
  }

  /**
   * Returns whether the settings were read, no change was signalled since, and they are not older than {@code longest}.
   */
  public boolean isFresh(Instant now, Duration longest) {
    return isRead() && !readAt.plus(longest).isBefore(now);
  }
}
