package io.github.matrixsync.internal.stores;

import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the stores that a host gave to the builder; one that is not given is null. Immutable.
 *
 * @param roles the stores that v1 does not need
 * @param disabled the streams that the host switched off
 */
// More than five parameters: one for each role of the store contract, filled in by the builder
// alone.
public record HostStores(
    EventStore events,
    @Nullable PresenceStore presence,
    @Nullable TypingStore typing,
    @Nullable ReceiptStore receipts,
    @Nullable AccountDataStore accountData,
    @Nullable RoomDirectory directory,
    @Nullable UserSettings settings,
    HostRoles roles,
    Set<EphemeralStream> disabled) {
  public HostStores {
    disabled = Set.copyOf(disabled);
  }

  /** Returns the same stores with every read counted and timed. */
  public HostStores metered(CallMeters calls) {
    return new HostStores(
        MeteredStore.of(EventStore.class, "events", events, calls),
        metered(PresenceStore.class, EphemeralStream.PRESENCE.label(), presence, calls),
        metered(TypingStore.class, EphemeralStream.TYPING.label(), typing, calls),
        metered(ReceiptStore.class, EphemeralStream.RECEIPTS.label(), receipts, calls),
        metered(AccountDataStore.class, EphemeralStream.ACCOUNT_DATA.label(), accountData, calls),
        metered(RoomDirectory.class, "directory", directory, calls),
        metered(UserSettings.class, "settings", settings, calls),
        roles.metered(calls),
        disabled);
  }

  private static <R> @Nullable R metered(
      Class<R> role, String name, @Nullable R store, CallMeters calls) {
    return store == null ? null : MeteredStore.of(role, name, store, calls);
  }
}
