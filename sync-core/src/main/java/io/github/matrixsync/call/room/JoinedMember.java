package io.github.matrixsync.call.room;

import io.github.matrixsync.event.UserId;
import java.util.Optional;

/**
 * A user who is joined to a room, with the profile that the member event has. Immutable.
 *
 * @param user the user
 * @param displayName the name to show; empty: none is set
 * @param avatarUrl the URL of the picture; empty: none is set
 * @since 0.1.0
 */
public record JoinedMember(UserId user, Optional<String> displayName, Optional<String> avatarUrl) {}
