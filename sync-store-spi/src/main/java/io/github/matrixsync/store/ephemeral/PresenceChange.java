package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A user's presence, as of its latest change.
 *
 * @param position where it changed
 * @param user whose presence it is
 * @param state what the user is
 * @param statusMessage what the user says of it
 * @param lastActive when the user last did something; cut to the millisecond
 * @param displayName the profile's name, if the host puts profiles into presence
 * @param avatarUrl the profile's picture, likewise
 * @since 0.1.0
 */
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
