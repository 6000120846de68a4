package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.timeline.SettableNotificationCountsTck;

/** The contract of unread counts that a host sets. */
class NotificationCountsContractTest
    extends SettableNotificationCountsTck<MemoryNotificationCounts> {
  @Override
  protected MemoryNotificationCounts open() {
    return MemoryNotificationCounts.create();
  }

  @Override
  protected long storageReads() {
    return 0;
  }
}
