package io.github.matrixsync.internal.stores;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
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
import java.util.function.Consumer;

/**
 * Decorators of the host's stores other than the event store, which count and time every call that may do I/O. Calls
 * without I/O are passed on.
 */
final class Metered {
  private Metered() {}

  /** Decorates a coalescing stream. Thread-safe. */
  abstract static class Stream<K, C extends CoalescingStream.Change>
      implements CoalescingStream<K, C> {
    private final CoalescingStream<K, C> store;
    private final CallMeter refresh;
    private final CallMeter changes;
    private final CallMeter current;

    Stream(CoalescingStream<K, C> store, EphemeralStream stream, CallMeters calls) {
      this.store = store;
      refresh = calls.add(stream.label() + ".refresh");
      changes = calls.add(stream.label() + ".changes");
      current = calls.add(stream.label() + ".current");
    }

    @Override
    public long watermark() {
      return store.watermark();
    }

    @Override
    public long retainedAfter() {
      return store.retainedAfter();
    }

    @Override
    public Registration onAdvance(Runnable listener) {
      return store.onAdvance(listener);
    }

    @Override
    public long refresh() {
      return refresh.time(store::refresh);
    }

    @Override
    public List<C> changes(long after, long upTo, int limit) {
      return changes.time(() -> store.changes(after, upTo, limit));
    }

    @Override
    public List<C> current(Collection<K> keys) {
      return current.time(() -> store.current(keys));
    }
  }

  static final class Presence extends Stream<UserId, PresenceChange> implements PresenceStore {
    Presence(PresenceStore store, CallMeters calls) {
      super(store, EphemeralStream.PRESENCE, calls);
    }
  }

  static final class Typing extends Stream<RoomId, TypingChange> implements TypingStore {
    private final TypingStore store;
    private final CallMeter expire;

    Typing(TypingStore store, CallMeters calls) {
      super(store, EphemeralStream.TYPING, calls);
      this.store = store;
      expire = calls.add(EphemeralStream.TYPING.label() + ".expire");
    }

    @Override
    public Optional<Instant> nextDeadline() {
      return store.nextDeadline();
    }

    @Override
    public void expire(Instant now) {
      expire.run(() -> store.expire(now));
    }
  }

  static final class Receipts extends Stream<RoomId, ReceiptChange> implements ReceiptStore {
    Receipts(ReceiptStore store, CallMeters calls) {
      super(store, EphemeralStream.RECEIPTS, calls);
    }
  }

  public static final class AccountData extends Stream<UserId, AccountDataChange>
      implements AccountDataStore {
    AccountData(AccountDataStore store, CallMeters calls) {
      super(store, EphemeralStream.ACCOUNT_DATA, calls);
    }
  }

  /** Decorates the room directory. Thread-safe. */
  static final class Directory implements RoomDirectory {
    private final RoomDirectory store;
    private final CallMeter published;
    private final CallMeter aliases;

    Directory(RoomDirectory store, CallMeters calls) {
      this.store = store;
      published = calls.add("directory.published");
      aliases = calls.add("directory.aliases");
    }

    @Override
    public Set<RoomId> published(Collection<RoomId> rooms) {
      return published.time(() -> store.published(rooms));
    }

    @Override
    public Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms) {
      return aliases.time(() -> store.aliases(rooms));
    }
  }

  /** Decorates the user settings. Thread-safe. */
  static final class Settings implements UserSettings {
    private final UserSettings store;
    private final CallMeter ignored;
    private final CallMeter forgotten;
    private final CallMeter presenceList;
    private final CallMeter erased;

    Settings(UserSettings store, CallMeters calls) {
      this.store = store;
      ignored = calls.add("settings.ignored");
      forgotten = calls.add("settings.forgotten");
      presenceList = calls.add("settings.presenceList");
      erased = calls.add("settings.erased");
    }

    @Override
    public Set<UserId> ignored(UserId user) {
      return ignored.time(() -> store.ignored(user));
    }

    @Override
    public Set<RoomId> forgotten(UserId user) {
      return forgotten.time(() -> store.forgotten(user));
    }

    @Override
    public Set<UserId> presenceList(UserId user) {
      return presenceList.time(() -> store.presenceList(user));
    }

    @Override
    public Set<UserId> erased(Collection<UserId> users) {
      return erased.time(() -> store.erased(users));
    }

    @Override
    public Registration onChange(Consumer<UserId> listener) {
      return store.onChange(listener);
    }
  }
}
