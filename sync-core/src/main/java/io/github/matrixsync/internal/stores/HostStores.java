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
 * @param disabled the streams that the host switched off
 */
public record HostStores(
    EventStore events,
    @Nullable PresenceStore presence,
    @Nullable TypingStore typing,
    @Nullable ReceiptStore receipts,
    @Nullable AccountDataStore accountData,
    @Nullable RoomDirectory directory,
    @Nullable UserSettings settings,
    Set<EphemeralStream> disabled) {
  public HostStores {
    disabled = Set.copyOf(disabled);
  }

  /** Returns the same stores with every read counted and timed. */
  public HostStores metered(CallMeters calls) {
    return new HostStores(
        new MeteredEventStore(events, calls),
        presence == null ? null : new Metered.Presence(presence, calls),
        typing == null ? null : new Metered.Typing(typing, calls),
        receipts == null ? null : new Metered.Receipts(receipts, calls),
        accountData == null ? null : new Metered.AccountData(accountData, calls),
        directory == null ? null : new Metered.Directory(directory, calls),
        settings == null ? null : new Metered.Settings(settings, calls),
        disabled);
  }
}
