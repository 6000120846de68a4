package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.UserId;
import java.util.HashMap;
import java.util.Map;

/**
 * One object for each user who sent or is the subject of anything: whoever walks the log compares it without looking at
 * the events. Guarded by the store's lock.
 */
final class People {
  private final Map<UserId, UserId> known = new HashMap<>();

  /** Returns the object for a user, from now on this one if there was none. */
  UserId know(UserId user) {
    UserId earlier = known.putIfAbsent(user, user);
    return earlier == null ? user : earlier;
  }

  /** Returns the object for a user, or one that no entry has. */
  UserId find(UserId user) {
    return known.getOrDefault(user, user);
  }
}
