package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.UserId;

/**
 * The presence of users: the latest per user.
 *
 * @since 0.1.0
 */
public interface PresenceStore extends CoalescingStream<UserId, PresenceChange> {}
