package io.github.matrixsync.sync;

import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The users whose device lists a client must fetch again or may forget. No user is in both. Immutable.
 *
 * <p>Source: {@code DeviceLists} of {@code GET /sync}.
 *
 * @param changed who changed their devices, or came to share a room with the user
 * @param left who does not share a room with the user any more
 * @since 0.1.0
 */
public record DeviceLists(SortedSet<UserId> changed, SortedSet<UserId> left) {
  /** Nobody. */
  public static final DeviceLists NONE = new DeviceLists(Set.of(), Set.of());

  /** Copies the sets. */
  public DeviceLists {
    changed = new TreeSet<>(changed);
    left = new TreeSet<>(left);
  }

  /** Creates the lists of users in any order. */
  public DeviceLists(Collection<UserId> changed, Collection<UserId> left) {
    this(new TreeSet<>(changed), new TreeSet<>(left));
  }

  /** Returns whether nobody is in them. */
  public boolean isEmpty() {
    return changed.isEmpty() && left.isEmpty();
  }
}
