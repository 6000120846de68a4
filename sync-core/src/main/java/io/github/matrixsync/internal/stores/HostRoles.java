package io.github.matrixsync.internal.stores;

import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.device.DeviceKeyCounts;
import io.github.matrixsync.store.device.DeviceListStore;
import io.github.matrixsync.store.device.ToDeviceInbox;
import io.github.matrixsync.store.device.TransactionIds;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.util.Optional;

/**
 * Holds the stores that only {@code /sync} and the room reads beside it need. What an answer says depends on whether a
 * host gave them, so that none is replaced by an empty one. Immutable.
 */
// More than five parameters: one for each role of the store contract, filled in by the builder
// alone.
public record HostRoles(
    Optional<ToDeviceInbox> toDevice,
    Optional<DeviceListStore> deviceLists,
    Optional<DeviceKeyCounts> keyCounts,
    Optional<NotificationCounts> notificationCounts,
    Optional<Relations> relations,
    Optional<TransactionIds> transactionIds,
    Optional<FilterStore> filters,
    Optional<TimelineGaps> gaps) {
  /** None of these stores. */
  public static final HostRoles NONE = new HostRoles(
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty());

  /** Returns the same stores with every read counted and timed. */
  HostRoles metered(CallMeters calls) {
    return new HostRoles(
        metered(ToDeviceInbox.class, "toDevice", toDevice, calls),
        metered(DeviceListStore.class, "deviceLists", deviceLists, calls),
        metered(DeviceKeyCounts.class, "keyCounts", keyCounts, calls),
        metered(NotificationCounts.class, "notificationCounts", notificationCounts, calls),
        metered(Relations.class, "relations", relations, calls),
        metered(TransactionIds.class, "transactionIds", transactionIds, calls),
        metered(FilterStore.class, "filters", filters, calls),
        metered(TimelineGaps.class, "gaps", gaps, calls));
  }

  private static <R> Optional<R> metered(
      Class<R> role, String name, Optional<R> store, CallMeters calls) {
    return store.map(given -> MeteredStore.of(role, name, given, calls));
  }
}
