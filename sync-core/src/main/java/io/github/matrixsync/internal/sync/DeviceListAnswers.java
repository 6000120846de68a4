package io.github.matrixsync.internal.sync;

import io.github.matrixsync.internal.ephemeral.ChangedDevices;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.ephemeral.SyncScope;
import io.github.matrixsync.internal.room.ReadNeededException;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.sync.DeviceLists;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the device lists of an answer; absent if the host has none. A client's filter does not restrict them.
 * Thread-safe.
 */
final class DeviceListAnswers {
  private final EphemeralEntries ephemerals;
  private final boolean isPresent;

  DeviceListAnswers(Stores stores, EphemeralEntries ephemerals) {
    this.ephemerals = ephemerals;
    isPresent = stores.has(EphemeralStream.DEVICE_LISTS);
  }

  /** Returns whose devices changed in a range that begins at a client's token. */
  Optional<DeviceLists> since(SyncScope scope, StoreReads reads) {
    if (!isPresent) {
      return Optional.empty();
    }
    ChangedDevices users = ephemerals
        .changedDevices(scope, reads.mayBlock())
        .orElseThrow(() -> ReadNeededException.INSTANCE);
    return Optional.of(new DeviceLists(users.changed(), users.left()));
  }

  /** Returns everybody, for a client whose token counts for nothing. */
  Optional<DeviceLists> everybody(SyncScope scope) {
    return isPresent
        ? Optional.of(new DeviceLists(ephemerals.everybody(scope), Set.of()))
        : Optional.empty();
  }
}
