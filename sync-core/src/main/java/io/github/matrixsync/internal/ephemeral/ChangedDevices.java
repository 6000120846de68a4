package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.event.UserId;
import java.util.Set;

/**
 * The users whose devices a client must look at again, and those whom it may forget. Nobody is in both. Immutable.
 *
 * @param changed who changed their devices, or came to share a room with the reader
 * @param left who does not share a room with the reader any more
 */
public record ChangedDevices(Set<UserId> changed, Set<UserId> left) {
  public ChangedDevices {
    changed = Set.copyOf(changed);
    left = Set.copyOf(left);
  }
}
