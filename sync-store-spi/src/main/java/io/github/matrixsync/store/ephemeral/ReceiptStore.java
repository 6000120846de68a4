package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.RoomId;

/**
 * Who has read what: the latest receipt per room, user and type.
 *
 * @since 0.1.0
 */
public interface ReceiptStore extends CoalescingStream<RoomId, ReceiptChange> {}
