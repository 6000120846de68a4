package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.UserId;

/**
 * The account data of users: the latest entry per user, room or none, and type.
 *
 * @since 0.1.0
 */
public interface AccountDataStore extends CoalescingStream<UserId, AccountDataChange> {}
