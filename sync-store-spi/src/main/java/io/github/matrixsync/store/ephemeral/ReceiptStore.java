package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.RoomId;

/**
 * The read receipts: the latest per room, user, type and thread.
 *
 * @since 0.1.0
 */
public interface ReceiptStore extends CoalescingStream<RoomId, ReceiptChange> {}
