package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.UserId;
import java.util.HashMap;
import java.util.Map;

/**
 * Interns the ids of users who sent an event or are the subject of one, so that reads of the log compare users by
 * reference. Guarded by the store's lock.
 */
final class People {
  private final Map<UserId, UserId> known = new HashMap<>();

  /** Returns the object for a user; if there was none, it is this one from now on. */
  UserId know(UserId user) {
    UserId earlier = known.putIfAbsent(user, user);
    return earlier == null ? user : earlier;
  }

  /** Returns the object for a user; if there is none, one that no entry refers to. */
  UserId find(UserId user) {
    return known.getOrDefault(user, user);
  }
}
