package io.github.matrixsync;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.HistoryOptions;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.appservice.AppService;
import io.github.matrixsync.internal.appservice.ServiceLooks;
import io.github.matrixsync.internal.appservice.ServiceReads;
import io.github.matrixsync.internal.appservice.ServiceRooms;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.concurrent.CloseActions;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.Futures;
import io.github.matrixsync.internal.concurrent.SerialTasks;
import io.github.matrixsync.internal.delivery.DueEvents;
import io.github.matrixsync.internal.delivery.Erasures;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.delivery.LogReads;
import io.github.matrixsync.internal.delivery.PeekedRooms;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.ephemeral.SharedRooms;
import io.github.matrixsync.internal.follow.HealthWatch;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.follow.WakeUpRelay;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.longpoll.LongPolls;
import io.github.matrixsync.internal.longpoll.PollBounds;
import io.github.matrixsync.internal.longpoll.PollLooks;
import io.github.matrixsync.internal.longpoll.PollRegistry;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.internal.longpoll.Waker;
import io.github.matrixsync.internal.membership.ReaderRegistry;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.internal.snapshot.HistoryPages;
import io.github.matrixsync.internal.snapshot.RoomRequest;
import io.github.matrixsync.internal.snapshot.SharedSnapshots;
import io.github.matrixsync.internal.snapshot.Snapshots;
import io.github.matrixsync.internal.stores.CallMeters;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.operation.EngineHealth;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.model.Direction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers who may see what, when: the event stream, snapshots, single events and pages of history, over what a host
 * stores. Thread-safe; several engines may share a store.
 *
 * <p>Methods that return a future never block their caller: they answer on the caller's thread if all they need is in
 * memory, else on the engine's executor, and a parked poll holds no thread. The others block while the store is read.
 * Wrong arguments are thrown on the caller's thread before any work; a store's failure is passed on as it came, and is
 * never an empty answer. After {@link #close()} every call throws {@link IllegalStateException}.
 *
 * <p>Source: the v1 Sync API of 2015.
 */
public final class SyncEngine implements AutoCloseable {
  private final CloseActions closing = new CloseActions();
  private final InstantSource clock;
  private final EngineThreads threads;
  private final PollRegistry polls;
  private final Roster roster;
  private final StreamFollowers following;
  private final LongPolls streams;
  private final SharedSnapshots snapshots;
  private final HistoryPages histories;
  private final EventGate gate;
  private final HealthWatch watch;
  private final StatisticsReader ledger;
  private final int historyLimit;
  private volatile boolean closed;

  SyncEngine(SyncEngineBuilder host) {
    try {
      threads = new EngineThreads(host.executor, host.scheduler, host.concurrentReads);
      closing.add(threads::close);
      clock = host.clock;
      historyLimit = host.historyLimit;
      CallMeters calls = new CallMeters(threads, host.slowStoreCall);
      Stores roles = new Stores(host.roles().metered(calls));
      EngineContext given =
          new EngineContext(roles, threads, clock, host.fallbackInterval, host.settingsAge);
      PollBounds bounds = host.pollBounds();

      Caches caches = new Caches(roles.events(), host.cacheBytes());
      Window window = new Window(0, host.windowEvents, host.windowBytes);
      ReaderRegistry readers = new ReaderRegistry(host.idleReaders, Subscriber::new);
      polls = new PollRegistry(readers, bounds.ofUser());
      roster = new Roster(roles.events(), window, readers);
      WakeUpRelay wakeUps = new WakeUpRelay();
      following = new StreamFollowers(given, window, roster, caches.changes(), wakeUps);

      Erasures erasures = new Erasures(given);
      gate = new EventGate(roles.settings(), caches, erasures);
      ServiceRooms serviceRooms = new ServiceRooms(roles, window);
      PeekedRooms peekedRooms = new PeekedRooms(window, caches.changes());
      LogReads log = new LogReads(roles.events(), window, gate, caches.timelines());
      DueEvents reads = new DueEvents(
          roles.events(), window, gate, caches.timelines(), erasures, peekedRooms, log);
      ServiceReads serviceReads = new ServiceReads(serviceRooms, reads, log);
      SharedRooms company = new SharedRooms(roles.events(), roster);
      EphemeralEntries ephemerals = new EphemeralEntries(
          roles, following, company, host.presenceOnJoin, host.receiptsPerRoom);

      ServiceLooks services =
          new ServiceLooks(clock, following, serviceRooms, serviceReads, ephemerals, company);
      PollLooks looks =
          new PollLooks(given, bounds, roster, following, reads, ephemerals, services);
      SerialTasks<AppService> serviceLooks = new SerialTasks<>(threads);
      streams = new LongPolls(
          threads, bounds, host.observer, roster, polls, following, looks, serviceLooks);
      wakeUps.setListener(new Waker(threads, roster, polls, streams::look, serviceLooks));

      Snapshots unshared = new Snapshots(given, following, ephemerals, gate, caches);
      snapshots = new SharedSnapshots(unshared, threads.snapshots(), host.snapshotBytes);
      histories = new HistoryPages(given, following, gate);
      Registration settingsListener = roles.settings().onChange(user -> {
        erasures.changed(user);
        unshared.settingsChanged();
        roster.preferencesChanged(user);
        WakeUpTargets concerned = new WakeUpTargets();
        concerned.addUser(user);
        wakeUps.wake(concerned);
      });
      closing.add(settingsListener::close);

      watch = new HealthWatch(given, following, calls, host.slowStoreCall, host.stallLimit);
      ledger = new StatisticsReader(polls, streams, window, following, snapshots, calls, caches);
      closing.add(following::close);
      closing.add(watch::close);
      closing.add(streams::close);
      following.start();
      watch.start();
    } catch (Throwable e) {
      closing.closeAfter(e);
      throw e;
    }
  }

  /** Returns a builder of an engine over a host's events. */
  public static SyncEngineBuilder builder(EventStore events) {
    return new SyncEngineBuilder(events);
  }

  /** As {@link #stream(UserId, StreamToken, Duration, StreamOptions)} with {@link StreamOptions#DEFAULT}. */
  public CompletableFuture<EventBatch> stream(
      UserId user, @Nullable StreamToken from, Duration timeout) {
    return stream(user, from, timeout, StreamOptions.DEFAULT);
  }

  /**
   * Waits for what is due to a user, or to the application service whose sender the user is, after a place in the
   * stream: at once if something is, else until something comes or the time is up. Cancelling the future ends the poll.
   *
   * <p>The future fails with {@link TokenAheadException}, {@link TokenExpiredException},
   * {@link RoomNotReadableException} for a room that the user may not read, {@link LimitExceededException} if there are
   * as many polls as there may be, or the store's failure.
   *
   * <p>What depends on the future, such as a callback, runs on the thread that answers, most often one of the engine's.
   * It may call the engine, begin the next poll above all: stacks do not grow with the number of polls, also on an
   * executor that runs tasks on its caller's thread. It must not wait for an answer of the engine, and should return
   * soon: polls are woken in chunks of at most 256 users, and while a callback runs, the users behind it in its chunk
   * wait, but nobody else. As many callbacks that do not return as the engine follows and wakes in at a time, twice the
   * number of processors and at least four, hold up all deliveries. What takes long belongs on a thread of the host's,
   * by {@code whenCompleteAsync} and its like.
   *
   * @param from the {@code end} of an earlier batch or snapshot, of whichever user; null: now
   * @param timeout the longest wait, zero or more
   * @return the batch, with at most as many room events as the options and the engine's bound allow
   * @throws io.github.matrixsync.domain.token.InvalidTokenException if the token has more parts than this engine's have
   */
  public CompletableFuture<EventBatch> stream(
      UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(options, "options");
    requireNotNegative(timeout, "timeout");
    StreamToken sized =
        from == null ? null : from.requireAtMost(following.roles().parts());
    return streams.begin(user, sized, timeout, options);
  }

  /** As {@link #initialSync(UserId, int, SnapshotOptions)} with {@link SnapshotOptions#DEFAULT}. */
  public InitialSync initialSync(UserId user, int limit) {
    return initialSync(user, limit, SnapshotOptions.DEFAULT);
  }

  /**
   * Takes a user's snapshot, or shares one that is about to be taken for an identical request. Blocks until it is
   * there; must not be called on the engine's executor.
   *
   * @param limit the most messages of each room, 0 or more; what is above {@link SyncEngineBuilder#historyLimit} is
   *     taken for that
   * @throws LimitExceededException if snapshots are being taken that refer to as much as they may
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  public InitialSync initialSync(UserId user, int limit, SnapshotOptions options) {
    return Futures.until(initialSyncAsync(user, limit, options));
  }

  /** As {@link #initialSync(UserId, int, SnapshotOptions)}, without blocking. */
  public CompletableFuture<InitialSync> initialSyncAsync(
      UserId user, int limit, SnapshotOptions options) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(options, "options");
    return snapshots.take(user, bounded(limit), options);
  }

  /** As {@link #roomInitialSync(UserId, RoomId, int, EventForm)} in the form of v1. */
  public RoomInitialSync roomInitialSync(UserId user, RoomId room, int limit) {
    return roomInitialSync(user, room, limit, EventForm.V1);
  }

  /**
   * Takes a snapshot of one room, for a member, for one who was, or, if everybody may read it, for anybody. Blocks
   * until it is there; must not be called on the engine's executor.
   *
   * @param limit the most messages, 0 or more; what is above {@link SyncEngineBuilder#historyLimit} is taken for that
   * @param form in which room events are shown
   * @throws RoomNotReadableException if the user may not read the room, or there is none such; so it is with a room
   *     that the user left and forgot, unless everybody may read it
   * @throws LimitExceededException if snapshots are being taken that refer to as much as they may
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  public RoomInitialSync roomInitialSync(UserId user, RoomId room, int limit, EventForm form) {
    return Futures.until(roomInitialSyncAsync(user, room, limit, form));
  }

  /** As {@link #roomInitialSync(UserId, RoomId, int, EventForm)}, without blocking. */
  public CompletableFuture<RoomInitialSync> roomInitialSyncAsync(
      UserId user, RoomId room, int limit, EventForm form) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(form, "form");
    return snapshots.take(new RoomRequest(user, room, bounded(limit), form));
  }

  /** As {@link #getEvent(UserId, EventId, EventForm)} in the form of v1. */
  public Optional<ClientEvent> getEvent(UserId user, EventId id) {
    return getEvent(user, id, EventForm.V1);
  }

  /**
   * Returns one event, if the user may see it. May block.
   *
   * @param form in which it is shown
   * @return empty: there is none such, or the user may not see it; which of these is not said
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  public Optional<ClientEvent> getEvent(UserId user, EventId id, EventForm form) {
    requireEvent(user, id, form);
    return readEvent(user, id, form);
  }

  /** As {@link #getEvent(UserId, EventId, EventForm)}, without blocking. */
  public CompletableFuture<Optional<ClientEvent>> getEventAsync(
      UserId user, EventId id, EventForm form) {
    requireEvent(user, id, form);
    return threads.call(() -> readEvent(user, id, form));
  }

  /**
   * As {@link #messages(UserId, RoomId, PaginationToken, Direction, int, HistoryOptions)} with
   * {@link HistoryOptions#DEFAULT}.
   */
  public MessagePage messages(
      UserId user, RoomId room, @Nullable PaginationToken from, Direction direction, int limit) {
    return messages(user, room, from, direction, limit, HistoryOptions.DEFAULT);
  }

  /**
   * Returns a page of a room's history, ordered by depth, then position. Pages that begin where the one before ended
   * hold every event that the user may see once. May block.
   *
   * @param from a {@code start} or {@code end} of a snapshot or page; null: the newest, or when walking forward the
   *     oldest
   * @param limit the most events, 0 or more; what is above {@link SyncEngineBuilder#historyLimit} is taken for that
   * @throws RoomNotReadableException if the user may not read the room, or there is none such
   * @throws TokenAheadException if a stream token lies beyond the end
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  public MessagePage messages(
      UserId user,
      RoomId room,
      @Nullable PaginationToken from,
      Direction direction,
      int limit,
      HistoryOptions options) {
    HistoryPages.Request request = request(user, room, from, direction, limit, options);
    return histories.page(request);
  }

  /** As {@link #messages(UserId, RoomId, PaginationToken, Direction, int, HistoryOptions)}, without blocking. */
  public CompletableFuture<MessagePage> messagesAsync(
      UserId user,
      RoomId room,
      @Nullable PaginationToken from,
      Direction direction,
      int limit,
      HistoryOptions options) {
    HistoryPages.Request request = request(user, room, from, direction, limit, options);
    return threads.call(() -> histories.page(request));
  }

  /** Returns the number of polls that have begun and not ended. */
  public int parked() {
    return polls.count();
  }

  /** Returns whether nothing is left of any poll: no count, no place in an index, no deadline. Meant for tests. */
  boolean hasNoPolls() {
    return streams.hasNoPolls();
  }

  /**
   * Returns what the engine has done and is doing. Does no I/O, and looks at every parked poll: meant to be called
   * every few seconds, not for every request.
   */
  public EngineStatistics statistics() {
    requireOpen();
    return ledger.read();
  }

  /**
   * Returns whether the engine follows its stores: it does unless it lags behind one without getting on, cannot read
   * it, or waits for a call to return, for longer than its limit. Does no I/O.
   */
  public EngineHealth health() {
    requireOpen();
    return watch.health();
  }

  /**
   * Answers every parked poll before a shutdown, spread evenly over a time, as if its own time was up. A poll that
   * begins meanwhile waits until some moment of the time that is left, and one that begins afterwards is answered at
   * once, with what is due or an empty chunk. Snapshots and single events are served as ever. Holds no thread and does
   * not block. Draining again changes nothing; {@link #close} answers whoever is left.
   *
   * @param window the time, zero or more
   * @return completes, always normally, when all are answered who were to be; at once if none is parked. Cancelling
   *     it changes nothing
   */
  public CompletableFuture<Void> drain(Duration window) {
    requireOpen();
    requireNotNegative(window, "window");
    return streams.drain(window);
  }

  /**
   * Answers every parked poll with an empty batch and ends the engine's threads. The stores stay open. Snapshots,
   * single events and pages that have not begun fail with {@link IllegalStateException}; those that have end as they
   * would. Closing again does nothing. If a store fails to take a listener away, everything else is closed all the same
   * before its failure is thrown.
   */
  @Override
  public void close() {
    closed = true;
    closing.close();
  }

  /** Returns whether {@link #close} was called, by which all other calls fail. Does not block. */
  public boolean isClosed() {
    return closed;
  }

  private void requireEvent(UserId user, EventId id, EventForm form) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(id, "event id");
    Objects.requireNonNull(form, "form");
  }

  private Optional<ClientEvent> readEvent(UserId user, EventId id, EventForm form) {
    return gate.event(user, id, form, following.currentRoom())
        .map(encoded -> encoded.at(clock.instant()));
  }

  private HistoryPages.Request request(
      UserId user,
      RoomId room,
      @Nullable PaginationToken from,
      Direction direction,
      int limit,
      HistoryOptions options) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(options, "options");
    int most = bounded(limit);
    int parts = following.roles().parts();
    PaginationToken sized = from == null ? null : from.requireAtMost(parts);
    Optional<PaginationToken> to = options.to().map(token -> token.requireAtMost(parts));
    return new HistoryPages.Request(user, room, sized, to, direction, most, options.form());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }

  private static void requireNotNegative(Duration length, String what) {
    if (Objects.requireNonNull(length, what).isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative, got " + length);
    }
  }

  /** Returns how many events of a room to give who asks for so many. */
  private int bounded(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, got " + limit);
    }
    return Math.min(limit, historyLimit);
  }
}
