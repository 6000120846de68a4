package io.github.matrixsync.store.device;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import java.util.Objects;

/**
 * The latest change of a user's devices or cross-signing keys.
 *
 * @param position the position of the change
 * @param user the user whose keys changed
 * @since 0.1.0
 */
public record DeviceListChange(long position, UserId user) implements CoalescingStream.Change {
  /** Checks that nothing is null. */
  public DeviceListChange {
    Objects.requireNonNull(user, "user");
  }
}
