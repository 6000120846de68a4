package io.github.matrixsync.internal.stores;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.device.DeviceListStore;
import io.github.matrixsync.store.device.ToDeviceInbox;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds one store for each role: the host's, or an empty one if it is not given or switched off. Also determines how
 * many parts tokens have. Immutable.
 */
public final class Stores {
  private final HostStores host;
  private final PresenceStore presence;
  private final TypingStore typing;
  private final ReceiptStore receipts;
  private final AccountDataStore accountData;
  private final ToDeviceInbox toDevice;
  private final DeviceListStore deviceLists;
  private final Set<EphemeralStream> enabled = EnumSet.noneOf(EphemeralStream.class);
  private final int parts;

  public Stores(HostStores host) {
    this.host = host;
    presence = choose(EphemeralStream.PRESENCE, host.presence(), new EmptyStores.Presence());
    typing = choose(EphemeralStream.TYPING, host.typing(), new EmptyStores.Typing());
    receipts = choose(EphemeralStream.RECEIPTS, host.receipts(), new EmptyStores.Receipts());
    accountData =
        choose(EphemeralStream.ACCOUNT_DATA, host.accountData(), new EmptyStores.AccountData());
    HostRoles roles = host.roles();
    toDevice = choose(
        EphemeralStream.TO_DEVICE, roles.toDevice().orElse(null), new EmptyStores.ToDevice());
    deviceLists = choose(
        EphemeralStream.DEVICE_LISTS,
        roles.deviceLists().orElse(null),
        new EmptyStores.DeviceLists());
    parts = countParts(host);
  }

  private static int countParts(HostStores host) {
    if (host.roles().deviceLists().isPresent()) {
      return 7;
    }
    if (host.roles().toDevice().isPresent()) {
      return 6;
    }
    return host.accountData() != null ? 5 : host.receipts() != null ? 4 : 3;
  }

  public EventStore events() {
    return host.events();
  }

  public RoomDirectory directory() {
    RoomDirectory store = host.directory();
    return store == null ? EmptyStores.DIRECTORY : store;
  }

  /** Returns whether the host gave a room directory. */
  public boolean hasDirectory() {
    return host.directory() != null;
  }

  public UserSettings settings() {
    UserSettings store = host.settings();
    return store == null ? EmptyStores.SETTINGS : store;
  }

  /** Returns whether the host gave user settings. */
  public boolean hasSettings() {
    return host.settings() != null;
  }

  public PresenceStore presence() {
    return presence;
  }

  public TypingStore typing() {
    return typing;
  }

  public ReceiptStore receipts() {
    return receipts;
  }

  public AccountDataStore accountData() {
    return accountData;
  }

  public ToDeviceInbox toDevice() {
    return toDevice;
  }

  public DeviceListStore deviceLists() {
    return deviceLists;
  }

  /** Returns the stores that v1 does not need, each only if the host gave it. */
  public HostRoles roles() {
    return host.roles();
  }

  /** Returns whether the host gave a stream and did not switch it off. */
  public boolean has(EphemeralStream stream) {
    return enabled.contains(stream);
  }

  /**
   * Returns the number of parts of tokens, 3 to 7. A stream that is switched off still has its part, and so has every
   * stream before the last that is given.
   */
  public int parts() {
    return parts;
  }

  /** Returns a token with the parts of streams that are switched off set to 0. */
  public StreamToken normalized(StreamToken token) {
    StreamToken normalized = token;
    for (EphemeralStream stream : host.disabled()) {
      if (token.part(stream.part()) > 0) {
        normalized = normalized.withPart(stream.part(), 0);
      }
    }
    return normalized;
  }

  private <R> R choose(EphemeralStream stream, @Nullable R store, R absent) {
    if (store == null || host.disabled().contains(stream)) {
      return absent;
    }
    enabled.add(stream);
    return store;
  }
}
