package io.github.matrixsync;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.room.RoomReads;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.appservice.AppService;
import io.github.matrixsync.internal.appservice.ServiceLooks;
import io.github.matrixsync.internal.appservice.ServiceReads;
import io.github.matrixsync.internal.appservice.ServiceRooms;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.concurrent.CloseActions;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.SerialTasks;
import io.github.matrixsync.internal.delivery.DueEvents;
import io.github.matrixsync.internal.delivery.Erasures;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.delivery.LogReads;
import io.github.matrixsync.internal.delivery.PeekedRooms;
import io.github.matrixsync.internal.delivery.PersonalUnsigned;
import io.github.matrixsync.internal.ephemeral.EphemeralEntries;
import io.github.matrixsync.internal.ephemeral.SharedRooms;
import io.github.matrixsync.internal.follow.HealthWatch;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.follow.WakeUpRelay;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.longpoll.GuardedObserver;
import io.github.matrixsync.internal.longpoll.LongPolls;
import io.github.matrixsync.internal.longpoll.Poll;
import io.github.matrixsync.internal.longpoll.PollRegistry;
import io.github.matrixsync.internal.longpoll.StreamLooks;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.internal.longpoll.Waker;
import io.github.matrixsync.internal.membership.ReaderRegistry;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.internal.snapshot.EventContexts;
import io.github.matrixsync.internal.snapshot.HistoryPages;
import io.github.matrixsync.internal.snapshot.RoomRequest;
import io.github.matrixsync.internal.snapshot.RoomStateReads;
import io.github.matrixsync.internal.snapshot.SharedSnapshots;
import io.github.matrixsync.internal.snapshot.Snapshots;
import io.github.matrixsync.internal.stores.CallMeters;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.internal.sync.CountChanges;
import io.github.matrixsync.internal.sync.ParsedFilters;
import io.github.matrixsync.internal.sync.SyncAnswers;
import io.github.matrixsync.internal.sync.SyncCalls;
import io.github.matrixsync.internal.sync.SyncLooks;
import io.github.matrixsync.operation.EngineHealth;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /sync}, the event stream, snapshots, single events and pages of history from a host's stores, with
 * what each user may see. {@link SyncApi} describes the calls and the rules that hold for all of them: which calls
 * block, how errors are reported, and what a future's callback may do. Thread-safe; several engines may share a store.
 *
 * <p>Methods that return a future answer on the caller's thread if all they need is in memory, else on the engine's
 * executor, and a parked poll holds no thread. A store's failure is passed on as it came, and is never an empty answer.
 * After {@link #close()} every call throws {@link IllegalStateException}.
 *
 * <p>Source: the v1 Sync API of 2015, and {@code GET /sync} of the Client-Server API r0 and v3.
 *
 * @since 0.1.0
 */
public final class SyncEngine implements SyncApi, AutoCloseable {
  private final CloseActions closing = new CloseActions();
  private final InstantSource clock;
  private final EngineThreads threads;
  private final PollRegistry polls;
  private final Roster roster;
  private final StreamFollowers followers;
  private final LongPolls longPolls;
  private final Poll.Kind<StreamOptions, EventBatch> streamPolls;
  private final SyncCalls syncs;
  private final SharedSnapshots snapshots;
  private final HistoryPages histories;
  private final EngineRoomReads roomReads;
  private final ParsedFilters filters = new ParsedFilters();
  private final EventGate gate;
  private final HealthWatch watch;
  private final StatisticsReader statistics;
  private final int historyLimit;
  private volatile boolean closed;
  private volatile String whyClosed = "the engine is closed";

  SyncEngine(SyncEngineBuilder host) {
    try {
      threads = new EngineThreads(host.executor, host.scheduler, host.reads.concurrentReads());
      closing.add(threads::close);
      clock = host.clock;
      historyLimit = host.reads.historyLimit();
      CallMeters calls = new CallMeters(threads, host.watch.slowCall());
      Stores stores = new Stores(host.stores().metered(calls));
      EngineContext context = new EngineContext(stores, threads, clock, host.watch);
      EngineLimits limits = host.limits;

      Caches caches = new Caches(stores.events(), host.cacheBytes);
      Window window = new Window(0, limits.windowEvents(), host.cacheBytes.window());
      ReaderRegistry readers = new ReaderRegistry(limits.idleReaders(), Subscriber::new);
      polls = new PollRegistry(readers, host.polls.perUser());
      roster = new Roster(stores.events(), window, readers);
      WakeUpRelay wakeUps = new WakeUpRelay();
      followers = new StreamFollowers(context, window, roster, caches.changes(), wakeUps);

      Erasures erasures = new Erasures(context);
      gate = new EventGate(stores.settings(), caches, erasures);
      ServiceRooms serviceRooms = new ServiceRooms(stores, window);
      PeekedRooms peekedRooms = new PeekedRooms(stores.events(), window, caches);
      LogReads log = new LogReads(stores.events(), window, gate, caches.timelines());
      DueEvents reads = new DueEvents(window, gate, erasures, peekedRooms, log);
      ServiceReads serviceReads = new ServiceReads(serviceRooms, reads, log);
      SharedRooms sharedRooms = new SharedRooms(stores.events(), roster);
      EphemeralEntries ephemerals = new EphemeralEntries(
          stores,
          followers,
          window,
          sharedRooms,
          limits.presenceOnJoin(),
          limits.receiptsPerRoom());

      ServiceLooks services = new ServiceLooks(clock, serviceRooms, serviceReads, ephemerals);
      StreamLooks looks = new StreamLooks(
          context, host.polls.batchLimit(), roster, followers, reads, ephemerals, services);
      SerialTasks<AppService> serviceLooks = new SerialTasks<>(threads::serve);
      GuardedObserver observer = new GuardedObserver(host.observer, threads);
      longPolls =
          new LongPolls(threads, host.polls, observer, roster, polls, followers, serviceLooks);
      streamPolls = longPolls.kind(looks);
      wakeUps.setListener(new Waker(threads, roster, polls, longPolls::look, serviceLooks));

      Snapshots unshared = new Snapshots(context, followers, ephemerals, gate, caches);
      snapshots = new SharedSnapshots(unshared, threads.snapshots(), host.reads.snapshotBytes());
      PersonalUnsigned unsigned = new PersonalUnsigned(stores.roles(), gate, caches.events());
      histories = new HistoryPages(context, followers, gate, unsigned);
      CountChanges counts =
          new CountChanges(stores.roles().notificationCounts(), followers, wakeUps);
      closing.add(counts::close);
      SyncAnswers answers = new SyncAnswers(
          context, window, gate, unsigned, caches, ephemerals, followers, counts, host.sync);
      SyncLooks syncLooks = new SyncLooks(context, answers, roster, followers, window);
      syncs = new SyncCalls(threads, followers, longPolls, syncLooks, snapshots, filters, observer);
      roomReads = new EngineRoomReads(
          this,
          context,
          new RoomStateReads(context, followers, gate, caches),
          new EventContexts(context, followers, gate, unsigned, caches),
          historyLimit);
      Registration settingsListener = stores.settings().onChange(user -> {
        erasures.changed(user);
        unshared.settingsChanged();
        roster.settingsChanged(user);
        WakeUpTargets targets = new WakeUpTargets();
        targets.addUser(user);
        wakeUps.wake(targets);
      });
      closing.add(settingsListener::close);

      watch = new HealthWatch(context, followers, calls);
      statistics =
          new StatisticsReader(polls, longPolls, window, followers, snapshots, calls, caches);
      closing.add(followers::close);
      closing.add(watch::close);
      closing.add(longPolls::close);
      followers.start();
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

  @Override
  public CompletableFuture<EventBatch> stream(
      UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(options, "options");
    requireNotNegative(timeout, "timeout");
    StreamToken after =
        from == null ? null : from.requireAtMost(followers.stores().parts());
    return longPolls.begin(streamPolls, user, after, timeout, options);
  }

  @Override
  public CompletableFuture<SyncResponse> sync(
      UserId user, @Nullable StreamToken since, Duration timeout, SyncOptions options) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(options, "options");
    requireNotNegative(timeout, "timeout");
    return syncs.sync(user, since, timeout, options);
  }

  @Override
  public CompletableFuture<InitialSync> initialSyncAsync(
      UserId user, int limit, SnapshotOptions options) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(options, "options");
    return snapshots.take(user, bounded(limit), options);
  }

  @Override
  public CompletableFuture<RoomInitialSync> roomInitialSyncAsync(
      UserId user, RoomId room, int limit, EventForm form) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(form, "form");
    return snapshots.take(new RoomRequest(user, room, bounded(limit), form));
  }

  /** Reads on the caller's thread. */
  @Override
  public Optional<ClientEvent> getEvent(UserId user, EventId id, EventForm form) {
    requireEvent(user, id, form);
    return readEvent(user, id, form);
  }

  @Override
  public CompletableFuture<Optional<ClientEvent>> getEventAsync(
      UserId user, EventId id, EventForm form) {
    requireEvent(user, id, form);
    return threads.call(() -> readEvent(user, id, form));
  }

  /** Reads on the caller's thread. */
  @Override
  public MessagePage messages(UserId user, RoomId room, MessagesOptions options) {
    HistoryPages.Request request = request(user, room, options);
    return histories.page(request);
  }

  @Override
  public CompletableFuture<MessagePage> messagesAsync(
      UserId user, RoomId room, MessagesOptions options) {
    HistoryPages.Request request = request(user, room, options);
    return threads.call(() -> histories.page(request));
  }

  @Override
  public CompletableFuture<String> putFilterAsync(UserId user, RawJson filter) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(filter, "filter");
    Optional<FilterStore> store = followers.stores().roles().filters();
    if (store.isEmpty()) {
      return SyncApi.super.putFilterAsync(user, filter);
    }
    FilterSpec.parse(filter);
    return threads.call(() -> store.get().put(user, filter));
  }

  @Override
  public CompletableFuture<Optional<RawJson>> getFilterAsync(UserId user, String id) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(id, "filter id");
    Optional<FilterStore> store = followers.stores().roles().filters();
    return store.isEmpty()
        ? SyncApi.super.getFilterAsync(user, id)
        : threads.call(() -> store.get().get(user, id));
  }

  @Override
  public CompletableFuture<Optional<FilterSpec>> filterAsync(UserId user, String id) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(id, "filter id");
    Optional<UserId> owner = followers.stores().roles().filters().map(store -> user);
    return filters.find(owner, id, () -> getFilterAsync(user, id));
  }

  @Override
  public RoomReads roomReads() {
    return roomReads;
  }

  /** Returns the number of polls that have begun and not ended. */
  public int parked() {
    return polls.count();
  }

  /** Returns whether nothing is left of any poll: no count, no place in an index, no deadline. Meant for tests. */
  boolean hasNoPolls() {
    return longPolls.hasNoPolls();
  }

  /**
   * Returns what the engine has done and is doing. Does no I/O, and looks at every parked poll: meant to be called
   * every few seconds, not for every request.
   */
  public EngineStatistics statistics() {
    requireOpen();
    return statistics.read();
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
    return longPolls.drain(window);
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

  /**
   * Closes the engine as {@link #close()} does, for a host that has more to say about it.
   *
   * @param why the message of the {@link IllegalStateException} of later calls
   */
  public void close(String why) {
    Objects.requireNonNull(why, "why");
    if (!closed) {
      whyClosed = why;
    }
    close();
  }

  @Override
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
    return gate.find(user, id, followers.currentRoom())
        .flatMap(shown -> gate.encode(shown, form))
        .map(encoded -> encoded.at(clock.instant()));
  }

  /** Checks a request for a page, and bounds it. */
  private HistoryPages.Request request(UserId user, RoomId room, MessagesOptions options) {
    requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(options, "options");
    int parts = followers.stores().parts();
    MessagesOptions bounded = options
        .withFrom(options.from().map(token -> token.requireAtMost(parts)).orElse(null))
        .withTo(options.to().map(token -> token.requireAtMost(parts)).orElse(null))
        .withLimit(bounded(options.limit().orElse(historyLimit)));
    return new HistoryPages.Request(user, room, bounded);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(whyClosed);
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
