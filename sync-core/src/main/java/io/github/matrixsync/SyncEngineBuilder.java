package io.github.matrixsync;

import io.github.matrixsync.internal.cache.CacheBytes;
import io.github.matrixsync.internal.stores.EmptyStores;
import io.github.matrixsync.internal.stores.HostRoles;
import io.github.matrixsync.internal.stores.HostStores;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.ReadSettings;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.operation.SyncSettings;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.device.DeviceKeyCounts;
import io.github.matrixsync.store.device.DeviceListStore;
import io.github.matrixsync.store.device.ToDeviceInbox;
import io.github.matrixsync.store.device.TransactionIds;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Builds an engine. Only the event store is required. Stores that are not given behave as empty: nobody has presence,
 * no room is published, nobody ignores anybody.
 *
 * <p>Beside the stores there are three groups of settings, each of which has a {@code DEFAULT} to begin with, and one
 * budget of memory for everything that is cached. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class SyncEngineBuilder {
  private final EventStore events;
  private @Nullable PresenceStore presence;
  private @Nullable TypingStore typing;
  private @Nullable ReceiptStore receipts;
  private @Nullable AccountDataStore accountData;
  private @Nullable RoomDirectory directory;
  private @Nullable UserSettings settings;
  private @Nullable ToDeviceInbox toDevice;
  private @Nullable DeviceListStore deviceLists;
  private @Nullable DeviceKeyCounts keyCounts;
  private @Nullable NotificationCounts notificationCounts;
  private @Nullable Relations relations;
  private @Nullable TransactionIds transactionIds;
  private @Nullable FilterStore filters;
  private @Nullable TimelineGaps gaps;
  private final Set<EphemeralStream> off = EnumSet.noneOf(EphemeralStream.class);

  PollObserver observer = EmptyStores.OBSERVER;

  @Nullable Executor executor;

  @Nullable Scheduler scheduler;

  InstantSource clock = InstantSource.system();
  CacheBytes cacheBytes =
      CacheBytes.of(CacheBytes.defaultBudget(Runtime.getRuntime().maxMemory()));
  PollSettings polls = PollSettings.DEFAULT;
  ReadSettings reads = ReadSettings.DEFAULT;
  WatchSettings watch = WatchSettings.DEFAULT;
  SyncSettings sync = SyncSettings.DEFAULT;
  EngineLimits limits = EngineLimits.DEFAULT;

  SyncEngineBuilder(EventStore events) {
    this.events = Objects.requireNonNull(events, "event store");
  }

  /** Adds the store of presence. */
  public SyncEngineBuilder presence(PresenceStore store) {
    presence = Objects.requireNonNull(store, "presence store");
    return this;
  }

  /** Adds the store of typing notifications. */
  public SyncEngineBuilder typing(TypingStore store) {
    typing = Objects.requireNonNull(store, "typing store");
    return this;
  }

  /** Adds the store of receipts. The engine's tokens then have a fourth part. */
  public SyncEngineBuilder receipts(ReceiptStore store) {
    receipts = Objects.requireNonNull(store, "receipt store");
    return this;
  }

  /** Adds the store of account data. The engine's tokens then have a fourth and a fifth part. */
  public SyncEngineBuilder accountData(AccountDataStore store) {
    accountData = Objects.requireNonNull(store, "account data store");
    return this;
  }

  /** Adds the directory of published rooms and aliases. */
  public SyncEngineBuilder directory(RoomDirectory rooms) {
    directory = Objects.requireNonNull(rooms, "room directory");
    return this;
  }

  /** Adds the settings of users: whom they ignore, which rooms they forgot, and who is erased. */
  public SyncEngineBuilder settings(UserSettings users) {
    settings = Objects.requireNonNull(users, "user settings");
    return this;
  }

  /** Adds the inbox of to-device messages. The engine's tokens then have at least six parts. */
  public SyncEngineBuilder toDevice(ToDeviceInbox inbox) {
    toDevice = Objects.requireNonNull(inbox, "to-device inbox");
    return this;
  }

  /** Adds the store of changed device lists. The engine's tokens then have seven parts. */
  public SyncEngineBuilder deviceLists(DeviceListStore store) {
    deviceLists = Objects.requireNonNull(store, "device list store");
    return this;
  }

  /** Adds the counts of devices' keys. */
  public SyncEngineBuilder keyCounts(DeviceKeyCounts counts) {
    keyCounts = Objects.requireNonNull(counts, "key counts");
    return this;
  }

  /**
   * Adds the counts of unread events. A room whose counts changed without an event of that room is listed in the next
   * answer of {@code /sync} whose token advances, as it does by the receipt or the push rules that changed them.
   */
  public SyncEngineBuilder notificationCounts(NotificationCounts counts) {
    notificationCounts = Objects.requireNonNull(counts, "notification counts");
    return this;
  }

  /** Adds the relations between events. */
  public SyncEngineBuilder relations(Relations store) {
    relations = Objects.requireNonNull(store, "relations");
    return this;
  }

  /** Adds the transaction ids of events. */
  public SyncEngineBuilder transactionIds(TransactionIds store) {
    transactionIds = Objects.requireNonNull(store, "transaction ids");
    return this;
  }

  /** Adds the store of uploaded filters. */
  public SyncEngineBuilder filters(FilterStore store) {
    filters = Objects.requireNonNull(store, "filter store");
    return this;
  }

  /** Adds the gaps in the log of rooms. */
  public SyncEngineBuilder gaps(TimelineGaps store) {
    gaps = Objects.requireNonNull(store, "timeline gaps");
    return this;
  }

  /**
   * Switches streams off: the engine neither follows, reads nor shows them, as if their stores were not given. The only
   * visible difference is the token format. Tokens have the same parts as with the stream, and its part does not
   * change: clients need no new snapshot when a stream is switched off, and get what is current when it is switched on
   * again. It holds for all users of the engine, since the v1 API has no parameter for it. A host that needs both
   * builds two engines over the same stores.
   */
  public SyncEngineBuilder off(EphemeralStream... streams) {
    off.addAll(List.of(streams));
    return this;
  }

  /** Sets an observer that is called when a poll begins and when it ends. */
  public SyncEngineBuilder observer(PollObserver polls) {
    observer = Objects.requireNonNull(polls, "observer");
    return this;
  }

  /**
   * Runs everything on the host's executor instead of the engine's own daemon threads. Closing the engine does not stop
   * it. Never pass a pool whose threads wait for the engine's answers.
   *
   * <p>The engine has five kinds of tasks, and tasks of one kind wait only for each other:
   *
   * <ul>
   *   <li>following the stores and waking polls: at most twice as many at a time as there are processors, and at least
   *       four
   *   <li>polls of users that must read a store: at most {@link ReadSettings#concurrentReads}
   *   <li>polls of application services: as many
   *   <li>snapshots, single events and pages of history: as many
   *   <li>reads that must be done before presence wakes a poll: one
   * </ul>
   *
   * <p>A pool with threads for all of them delivers events without delay however many snapshots are being taken. A
   * smaller one works too: a task returns its thread after one piece of work, so a delivery waits for the pieces that
   * are running.
   *
   * <p>If the executor refuses a task, with any exception, the engine offers the task again until it is accepted; no
   * call fails for it. An executor must run every task that it accepts: if it drops one silently, as some rejection
   * policies of pools do, calls wait forever. It may run tasks on the thread that offers them. The callbacks of answers
   * run on it too; {@link SyncApi} describes what they may do.
   */
  public SyncEngineBuilder executor(Executor host) {
    executor = Objects.requireNonNull(host, "executor");
    return this;
  }

  /**
   * Takes all delays from the host's scheduler instead of the engine's own timer thread. If it refuses a task, with any
   * exception, the engine offers the task again until it is accepted.
   */
  public SyncEngineBuilder scheduler(Scheduler timer) {
    scheduler = Objects.requireNonNull(timer, "scheduler");
    return this;
  }

  /** Sets the clock that gives the time of day, from which ages and the ends of typing are computed. */
  public SyncEngineBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "clock");
    return this;
  }

  /**
   * Sets how much memory the engine may use for the newest part of the log, the window, and for all caches together. By
   * default 256 MiB and a sixteenth of the heap, but at most half of the heap.
   *
   * <p>Four parts are of the same size: the window, from which polls are answered without reading a store; single
   * events as stored; single events as clients get them; and who was in which rooms, about 500 bytes for each room of a
   * user. They get two ninths of the budget each, but no more than 64 MiB until the budget passes 1 GiB, and then a
   * sixteenth. The rest is for the states and newest messages of rooms as snapshots show them, about 25 KB for a room
   * of 30 state events and 20 messages.
   *
   * <p>The bytes are those of JSON and estimates of the rest. Not counted are what an answer uses at the moment, and
   * small entries that are bounded by their number, such as the rooms of 100,000 users who polled lately, some 40 MB.
   * With a small budget, or none, answers are the same, but more of them read the stores.
   *
   * @param bytes 0 or more; 0: nothing is cached
   */
  public SyncEngineBuilder cacheBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("cache bytes must not be negative, got " + bytes);
    }
    cacheBytes = CacheBytes.of(bytes);
    return this;
  }

  /** Sets how many polls there may be and what they answer; {@link PollSettings#DEFAULT} by default. */
  public SyncEngineBuilder polls(PollSettings bounds) {
    polls = Objects.requireNonNull(bounds, "poll settings");
    return this;
  }

  /** Sets how much may be read at a time and by one call; {@link ReadSettings#DEFAULT} by default. */
  public SyncEngineBuilder reads(ReadSettings bounds) {
    reads = Objects.requireNonNull(bounds, "read settings");
    return this;
  }

  /**
   * Sets how large answers of {@code /sync} may be and which rooms they list; {@link SyncSettings#DEFAULT} by default.
   */
  public SyncEngineBuilder sync(SyncSettings contents) {
    sync = Objects.requireNonNull(contents, "sync settings");
    return this;
  }

  /** Sets how the engine watches its stores; {@link WatchSettings#DEFAULT} by default. */
  public SyncEngineBuilder watch(WatchSettings intervals) {
    watch = Objects.requireNonNull(intervals, "watch settings");
    return this;
  }

  /** Returns the engine, which follows its stores until it is closed. Closing the engine does not close them. */
  public SyncEngine build() {
    return new SyncEngine(this);
  }

  HostStores stores() {
    return new HostStores(
        events, presence, typing, receipts, accountData, directory, settings, roles(), off);
  }

  private HostRoles roles() {
    return new HostRoles(
        Optional.ofNullable(toDevice),
        Optional.ofNullable(deviceLists),
        Optional.ofNullable(keyCounts),
        Optional.ofNullable(notificationCounts),
        Optional.ofNullable(relations),
        Optional.ofNullable(transactionIds),
        Optional.ofNullable(filters),
        Optional.ofNullable(gaps));
  }
}
