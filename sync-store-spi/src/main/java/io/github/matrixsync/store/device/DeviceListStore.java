package io.github.matrixsync.store.device;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.CoalescingStream;

/**
 * When the devices or the cross-signing keys of users last changed: the latest change per user, remote users included
 * (rules C1 to C3). A change has no content; it tells clients to fetch the user's keys again.
 *
 * @since 0.1.0
 */
public interface DeviceListStore extends CoalescingStream<UserId, DeviceListChange> {}
