package io.github.matrixsync.operation;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.util.Optional;

/**
 * Is told of every poll of the event stream and of every {@code /sync}, so that a host can keep presence without
 * wrapping calls. Each beginning is followed by exactly one end, however the call ends. Called on any thread, with no
 * lock held; must return soon.
 *
 * @since 0.1.0
 */
public interface PollObserver {
  /**
   * A poll of {@code user} begins; nothing of the stream has been looked at, so what is set here lies before a poll
   * without a token.
   */
  void pollBegan(UserId user);

  /** A poll of {@code user} has ended: answered, failed or cancelled. */
  void pollEnded(UserId user);

  /**
   * A {@code /sync} of {@code user} begins; nothing has been looked at, so the answer has what is set here. By default
   * counts as a poll, unless it leaves presence alone.
   *
   * @param device the device that asks; empty if the request named none
   * @param presence the presence that the call sets for the device, while it lasts and for some time after; empty: it
   *     leaves presence alone. A user with several devices is shown with the busiest presence of them
   */
  default void syncBegan(UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
    if (presence.isPresent()) {
      pollBegan(user);
    }
  }

  /** A {@code /sync} of {@code user} has ended, with the arguments of its beginning. */
  default void syncEnded(UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
    if (presence.isPresent()) {
      pollEnded(user);
    }
  }
}
