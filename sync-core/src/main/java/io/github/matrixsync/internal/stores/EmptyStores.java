package io.github.matrixsync.internal.stores;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.device.DeviceListStore;
import io.github.matrixsync.store.device.ToDeviceInbox;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.store.ephemeral.TypingStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Stores that are not given behave as empty: no entries, no published rooms, no settings. Stateless. */
public final class EmptyStores {
  static final RoomDirectory DIRECTORY = new Directory();
  static final UserSettings SETTINGS = new Settings();
  public static final PollObserver OBSERVER = new NoObserver();

  private EmptyStores() {}

  abstract static class EmptyStream<K, C extends CoalescingStream.Change>
      implements CoalescingStream<K, C> {
    @Override
    public long watermark() {
      return 0;
    }

    @Override
    public Registration onAdvance(Runnable listener) {
      return () -> {};
    }

    @Override
    public List<C> changes(long after, long upTo, int limit) {
      return List.of();
    }

    @Override
    public List<C> current(Collection<K> keys) {
      return List.of();
    }
  }

  static final class Presence extends EmptyStream<UserId, PresenceChange>
      implements PresenceStore {}

  static final class Receipts extends EmptyStream<RoomId, ReceiptChange> implements ReceiptStore {}

  static final class Typing extends EmptyStream<RoomId, TypingChange> implements TypingStore {
    @Override
    public Optional<Instant> nextDeadline() {
      return Optional.empty();
    }

    @Override
    public void expire(Instant now) {}
  }

  public static final class AccountData extends EmptyStream<UserId, AccountDataChange>
      implements AccountDataStore {}

  static final class DeviceLists extends EmptyStream<UserId, DeviceListChange>
      implements DeviceListStore {}

  static final class ToDevice implements ToDeviceInbox {
    @Override
    public long watermark() {
      return 0;
    }

    @Override
    public Registration onAdvance(Runnable listener) {
      return () -> {};
    }

    @Override
    public List<ToDeviceMessage> messages(
        UserId user, DeviceId device, long after, long upTo, int limit) {
      return List.of();
    }

    @Override
    public long acknowledge(UserId user, DeviceId device, long upTo) {
      return Math.min(upTo, watermark());
    }

    @Override
    public Registration onMessage(BiConsumer<UserId, DeviceId> listener) {
      return () -> {};
    }
  }

  private static final class NoObserver implements PollObserver {
    @Override
    public void pollBegan(UserId user) {}

    @Override
    public void pollEnded(UserId user) {}
  }

  private static final class Directory implements RoomDirectory {
    @Override
    public Set<RoomId> published(Collection<RoomId> rooms) {
      return Set.of();
    }

    @Override
    public Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms) {
      return Map.of();
    }
  }

  private static final class Settings implements UserSettings {
    @Override
    public Set<UserId> ignored(UserId user) {
      return Set.of();
    }

    @Override
    public Set<RoomId> forgotten(UserId user) {
      return Set.of();
    }

    @Override
    public Set<UserId> presenceList(UserId user) {
      return Set.of();
    }

    @Override
    public Set<UserId> erased(Collection<UserId> users) {
      return Set.of();
    }

    @Override
    public Registration onChange(Consumer<UserId> listener) {
      return () -> {};
    }
  }
}
