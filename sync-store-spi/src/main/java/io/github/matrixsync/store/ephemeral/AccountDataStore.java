package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.UserId;

/**
 * What users' clients keep with the server: the latest entry per user, room or none, and type.
 *
 * @since 0.1.0
 */
public interface AccountDataStore extends CoalescingStream<UserId, AccountDataChange> {}
