package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.UserId;

/**
 * Who is there: the latest presence per user.
 *
 * @since 0.1.0
 */
public interface PresenceStore extends CoalescingStream<UserId, PresenceChange> {}
