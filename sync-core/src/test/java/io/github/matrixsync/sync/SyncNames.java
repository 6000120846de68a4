package io.github.matrixsync.sync;

import io.github.matrixsync.event.UserId;
import java.util.Collection;

/** Short names of users, for tests. */
final class SyncNames {
  private SyncNames() {}

  /** Returns the local parts, sorted. */
  static String of(Collection<UserId> users) {
    return users.stream()
        .map(user -> user.value().substring(1, user.value().indexOf(':')))
        .sorted()
        .toList()
        .toString();
  }
}
