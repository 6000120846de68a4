package io.github.matrixsync;

import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.internal.cache.CacheBytes;
import io.github.matrixsync.internal.concurrent.Budget;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.longpoll.PollBounds;
import io.github.matrixsync.internal.stores.EmptyStores;
import io.github.matrixsync.internal.stores.HostStores;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an engine works with. Only the event store is needed: an absent role answers empty, private, none.
 * Confined to one thread.
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
  PollObserver observer = EmptyStores.OBSERVER;

  @Nullable Executor executor;

  @Nullable Scheduler scheduler;

  int concurrentReads = EngineThreads.WIDTH;
  InstantSource clock = InstantSource.system();
  Duration fallbackInterval = Duration.ofSeconds(1);
  Duration settingsAge = Duration.ofMinutes(10);
  int windowEvents = 10_000;
  long windowBytes = 64L << 20;
  int idleReaders = 100_000;
  private int batchLimit = 1_000;
  int historyLimit = 1_000;
  private long encodedBytes = 64L << 20;
  private long eventBytes = 64L << 20;
  private long roomBytes = Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 16);
  private long membershipBytes = 64L << 20;
  private Duration presenceHold = Duration.ofMillis(500);
  int presenceOnJoin = 1_000;
  int receiptsPerRoom = 100;
  private int pollsPerUser = 10_000;
  private long pollsInAll = Budget.NONE;
  long snapshotBytes = 1L << 30;
  private double waitJitter;
  Duration slowStoreCall = Duration.ofSeconds(1);
  Duration stallLimit = Duration.ofSeconds(10);
  private final Set<EphemeralStream> off = EnumSet.noneOf(EphemeralStream.class);

  SyncEngineBuilder(EventStore events) {
    this.events = Objects.requireNonNull(events, "event store");
  }

  /** Gives the engine presence. */
  public SyncEngineBuilder presence(PresenceStore store) {
    presence = Objects.requireNonNull(store, "presence store");
    return this;
  }

  /** Gives the engine typing. */
  public SyncEngineBuilder typing(TypingStore store) {
    typing = Objects.requireNonNull(store, "typing store");
    return this;
  }

  /** Gives the engine receipts; its tokens then have a fourth part. */
  public SyncEngineBuilder receipts(ReceiptStore store) {
    receipts = Objects.requireNonNull(store, "receipt store");
    return this;
  }

  /** Gives the engine account data; its tokens then have a fifth part, and a fourth one too. */
  public SyncEngineBuilder accountData(AccountDataStore store) {
    accountData = Objects.requireNonNull(store, "account data store");
    return this;
  }

  /**
   * Switches streams off: the engine neither follows, reads nor shows them, as if it had not been given them. All that
   * tells the two apart is the tokens. They keep the parts they would have, and the part of a stream that is off stays
   * what it was: clients need no new snapshot when a stream is switched off, and get what is current when it is
   * switched on again. It is a switch for the whole engine since no request of the v1 API has a word for it; whoever
   * wants both builds two engines over the same stores.
   */
  public SyncEngineBuilder off(EphemeralStream... streams) {
    off.addAll(List.of(streams));
    return this;
  }

  /** Gives the engine the room directory. */
  public SyncEngineBuilder directory(RoomDirectory rooms) {
    directory = Objects.requireNonNull(rooms, "room directory");
    return this;
  }

  /** Gives the engine what users set for themselves. */
  public SyncEngineBuilder settings(UserSettings users) {
    settings = Objects.requireNonNull(users, "user settings");
    return this;
  }

  /** Tells {@code polls} of every poll. */
  public SyncEngineBuilder observer(PollObserver polls) {
    observer = Objects.requireNonNull(polls, "observer");
    return this;
  }

  /**
   * Runs everything on the host's executor instead of the engine's own daemon threads; closing the engine leaves it
   * running. Never pass a pool whose threads wait for the engine's answers.
   *
   * <p>It is used for five kinds of tasks, each of which waits for its own kind alone. Following the stores and waking
   * polls: as many at a time as there are processors, twice, and at least four. Polls of users that must read a store;
   * polls of application services; snapshots, single events and pages: each as many as {@link #concurrentReads} says.
   * Reads that must come before presence wakes anybody: one. A pool with room for all of them delivers events without
   * delay however many snapshots are being taken. A smaller one works too: every task goes back behind the others after
   * one piece of work, so that a delivery waits for what the pool's threads are doing just
   * then.
   *
   * <p>One that refuses a task, with whatever it throws, is asked again until it takes it: so it is for every call of
   * the engine that does not block. It must run every task that it takes; one that drops tasks silently, as pools do by
   * some of their policies, has calls wait for ever.
   *
   * <p>It may run tasks on its caller's thread. The callbacks of answers run on it too; {@link SyncEngine#stream} says
   * what they may do.
   */
  public SyncEngineBuilder executor(Executor host) {
    executor = Objects.requireNonNull(host, "executor");
    return this;
  }

  /**
   * Sets how many polls of users may read the stores at a time, how many polls of application services may look, and
   * how many snapshots, single events and pages of history may be read; twice the number of processors each by default,
   * and at least four. The others wait for their turn.
   */
  public SyncEngineBuilder concurrentReads(int reads) {
    concurrentReads = positive(reads, "concurrent reads");
    return this;
  }

  /** Takes the wall clock's time, from which ages and typing deadlines count, from here. */
  public SyncEngineBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "clock");
    return this;
  }

  /**
   * Takes all delays from here instead of the engine's own timer thread. One that refuses a task, with whatever it
   * throws, is asked again until it takes it.
   */
  public SyncEngineBuilder scheduler(Scheduler timer) {
    scheduler = Objects.requireNonNull(timer, "scheduler");
    return this;
  }

  /** Sets how often the engine looks at its stores by itself, should a signal be lost; 1 s by default. */
  public SyncEngineBuilder fallbackInterval(Duration interval) {
    fallbackInterval = positive(interval, "fallback interval");
    return this;
  }

  /**
   * Sets for how long what was read of users' settings, erasure among them, is used without reading it again; 10
   * minutes by default. A change counts at once of which the settings' listeners are told, as rule L1 of the store
   * contract demands; this bounds for how long one can go unnoticed whose signal was lost.
   */
  public SyncEngineBuilder settingsAge(Duration age) {
    settingsAge = positive(age, "settings age");
    return this;
  }

  /**
   * Bounds how many polls one user may have at a time, of all devices together; 10,000 by default. One that is too many
   * fails with {@link LimitExceededException}.
   */
  public SyncEngineBuilder pollsPerUser(int polls) {
    pollsPerUser = positive(polls, "polls per user");
    return this;
  }

  /**
   * Bounds how many polls there may be at a time in all; no bound by default. One that is too many fails with
   * {@link LimitExceededException}.
   */
  public SyncEngineBuilder pollsInAll(int polls) {
    pollsInAll = positive(polls, "polls in all");
    return this;
  }

  /**
   * Bounds how much the snapshots that are being taken may refer to at a time, of one room or all; 1 GiB by default.
   * One that is too much fails with {@link LimitExceededException}, and so does one that is too large by itself. Of a
   * snapshot count the bytes of JSON that were read for it, from then on until it is handed over, and of one that
   * several requests share once: those of room events, as the store has them or as they are kept, and those of
   * presence, receipts and account data, as they are shown. They are counted while they are read, and nothing more is
   * read of one that is too much: a snapshot holds no more than what it was granted and one page of rooms, of at most
   * 1,000 rooms and some 16,000 messages, and of not more than one room if that alone is so large.
   */
  public SyncEngineBuilder snapshotBytes(long bytes) {
    snapshotBytes = positive(bytes, "snapshot bytes");
    return this;
  }

  /**
   * Has polls wait a little less than they were told to, so that those that began at once, as after a restart, do not
   * end at once for ever.
   *
   * @param share the most by which a wait is shortened, 0 to 1 of it: the wait is evenly spread between; 0 by default
   */
  public SyncEngineBuilder waitJitter(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("wait jitter must be from 0 to 1, got " + share);
    }
    waitJitter = share;
    return this;
  }

  /**
   * Sets how long a store call may take before it is logged as slow, 1 s by default; once for as long as the method
   * stays slow.
   */
  public SyncEngineBuilder slowStoreCall(Duration limit) {
    slowStoreCall = positive(limit, "slow store call");
    return this;
  }

  /**
   * Sets for how long the engine may lag behind a store without getting on, or fail to read it, before
   * {@link SyncEngine#health} says so; 10 s by default.
   */
  public SyncEngineBuilder stallLimit(Duration limit) {
    stallLimit = positive(limit, "stall limit");
    return this;
  }

  /**
   * Bounds the tail of the log that the engine keeps in memory; polls from within it need no store.
   *
   * @param events the most events, 10,000 by default
   * @param bytes the most bytes of JSON, encodings included, 64 MiB by default: the events, what they replaced, what
   *     redacts them, and what is kept of it encoded, once for each form in which polls ask for it. At most 64 events
   *     more are held that have been dropped
   */
  public SyncEngineBuilder window(int events, long bytes) {
    windowEvents = positive(events, "window events");
    windowBytes = positive(bytes, "window bytes");
    return this;
  }

  /**
   * Sets for how many users, besides those who wait, the rooms they are in are kept in memory; 100,000 by default, some
   * 400 bytes each for a user in ten rooms.
   */
  public SyncEngineBuilder idleReaders(int users) {
    idleReaders = positive(users, "idle readers");
    return this;
  }

  /** Sets the most room events in one chunk, 1,000 by default. */
  public SyncEngineBuilder batchLimit(int events) {
    batchLimit = positive(events, "batch limit");
    return this;
  }

  /**
   * Sets the most events in one page of a room's history, and the most messages of each room in a snapshot, 1,000 by
   * default. Who asks for more gets so many, and goes on from the end of the page.
   */
  public SyncEngineBuilder historyLimit(int events) {
    historyLimit = positive(events, "history limit");
    return this;
  }

  /**
   * Sets how long after its beginning a poll waits for something else if it could answer with presence alone; 500 ms by
   * default, zero: not at all.
   */
  public SyncEngineBuilder presenceHold(Duration hold) {
    if (hold.isNegative()) {
      throw new IllegalArgumentException("presence hold must not be negative, got " + hold);
    }
    presenceHold = capped(hold);
    return this;
  }

  /** Sets how many members' presence at most comes with a join, the newest first, 1,000 by default; zero: none. */
  public SyncEngineBuilder presenceOnJoin(int users) {
    if (users < 0) {
      throw new IllegalArgumentException("presence on join must not be negative, got " + users);
    }
    presenceOnJoin = users;
    return this;
  }

  /** Sets the most receipts of each room in a snapshot, the newest, 100 by default. The user's own come on top. */
  public SyncEngineBuilder receiptsPerRoom(int receipts) {
    receiptsPerRoom = positive(receipts, "receipts per room");
    return this;
  }

  /** Sets the most bytes of encoded single events that are kept for sharing, 64 MiB by default; zero: none are. */
  public SyncEngineBuilder encodedCache(long bytes) {
    encodedBytes = notNegative(bytes, "encoded bytes");
    return this;
  }

  /** Sets the most bytes of single events, as the store has them, that are kept; 64 MiB by default, zero: none are. */
  public SyncEngineBuilder eventCache(long bytes) {
    eventBytes = notNegative(bytes, "event bytes");
    return this;
  }

  /**
   * Sets the most bytes of rooms' states and newest messages that are kept, encoded, for snapshots; by default a
   * sixteenth of the heap and at least 16 MiB, zero: none are. A room of 30 state entries and 20 messages takes some 25
   * KB.
   */
  public SyncEngineBuilder roomCache(long bytes) {
    roomBytes = notNegative(bytes, "room bytes");
    return this;
  }

  /**
   * Sets the most bytes of what is kept of who was in which rooms, and so may see what of them; 64 MiB by default,
   * zero: nothing is. It is some 500 bytes for each room of a user.
   */
  public SyncEngineBuilder membershipCache(long bytes) {
    membershipBytes = notNegative(bytes, "membership bytes");
    return this;
  }

  /** Returns the engine, which follows its stores from now on until it is closed. It does not close them. */
  public SyncEngine build() {
    return new SyncEngine(this);
  }

  HostStores roles() {
    return new HostStores(
        events, presence, typing, receipts, accountData, directory, settings, off);
  }

  CacheBytes cacheBytes() {
    return new CacheBytes(eventBytes, encodedBytes, roomBytes, membershipBytes);
  }

  PollBounds pollBounds() {
    return new PollBounds(batchLimit, pollsPerUser, pollsInAll, waitJitter, presenceHold);
  }

  private static Duration positive(Duration value, String what) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " must be positive, got " + value);
    }
    return capped(value);
  }

  /** Returns a length as it is, if its nanoseconds can be counted. */
  private static Duration capped(Duration value) {
    return value.compareTo(EngineThreads.LONGEST) > 0 ? EngineThreads.LONGEST : value;
  }

  private static long notNegative(long value, String what) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " must not be negative, got " + value);
    }
    return value;
  }

  private static <N extends Number> N positive(N value, String what) {
    if (value.longValue() < 1) {
      throw new IllegalArgumentException(what + " must be positive, got " + value);
    }
    return value;
  }
}
