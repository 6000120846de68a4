package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The latest presence of a user.
 *
 * @param position the position of the change
 * @param user the user whose presence it is
 * @param state the user's state
 * @param statusMessage the user's status message
 * @param lastActive when the user was last active; cut to the millisecond
 * @param displayName the profile's name, if the host puts profiles into presence
 * @param avatarUrl the profile's picture, likewise
 * @since 0.1.0
 */
// More than five parameters: one for each field of m.presence; stores fill them from columns.
public record PresenceChange(
    long position,
    UserId user,
    PresenceState state,
    Optional<String> statusMessage,
    Optional<Instant> lastActive,
    Optional<String> displayName,
    Optional<String> avatarUrl)
    implements CoalescingStream.Change {
  /** Cuts the instant to the millisecond. */
  public PresenceChange {
    lastActive = lastActive.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
  }
}
