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
 * The roles that a host gave; null: it did not. Immutable.
 *
 * @param off the streams that it switched off
 */
public record HostStores(
    EventStore events,
    @Nullable PresenceStore presence,
    @Nullable TypingStore typing,
    @Nullable ReceiptStore receipts,
    @Nullable AccountDataStore accountData,
    @Nullable RoomDirectory directory,
    @Nullable UserSettings settings,
    Set<EphemeralStream> off) {
  public HostStores {
    off = Set.copyOf(off);
  }

  /** Returns the same, with all their reads counted and timed. */
  public HostStores metered(CallMeters calls) {
    return new HostStores(
        new MeteredEventStore(events, calls),
        presence == null ? null : new Metered.Presence(presence, calls),
        typing == null ? null : new Metered.Typing(typing, calls),
        receipts == null ? null : new Metered.Receipts(receipts, calls),
        accountData == null ? null : new Metered.AccountData(accountData, calls),
        directory == null ? null : new Metered.Directory(directory, calls),
        settings == null ? null : new Metered.Settings(settings, calls),
        off);
  }
}
