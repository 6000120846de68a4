package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.device.DeviceStores;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.homeserver.push.PushRules;
import io.github.matrixsync.homeserver.push.UnreadCounter;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryDeviceKeyCounts;
import io.github.matrixsync.store.memory.MemoryDeviceListStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryToDeviceInbox;
import io.github.matrixsync.store.memory.MemoryTransactionIds;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.testkit.internal.run.Actions;
import io.github.matrixsync.testkit.internal.run.Story;
import io.github.matrixsync.testkit.internal.run.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stores of a world and the engine over them, with a watcher for each user. Thread-safe. */
public final class Server implements PollObserver, ServerParts.Stores {
  private static final Duration HOUR = Duration.ofHours(1);

  /** No task of the engine runs every second, so that a test can advance the time by hours in few steps. */
  private static final WatchSettings WATCH =
      WatchSettings.DEFAULT.withFallbackInterval(HOUR).withSlowCall(HOUR).withStallLimit(HOUR);

  private static final long CACHE_BYTES = 64L << 20;

  private static final PollObserver EMPTY = new PollObserver() {
    @Override
    public void pollBegan(UserId user) {}

    @Override
    public void pollEnded(UserId user) {}
  };

  public final WorldEvents events;
  private final MemoryReceiptStore receipts = MemoryReceiptStore.create();
  private final MemoryAccountDataStore accountData = MemoryAccountDataStore.create();
  private final MemoryUserSettings settings = MemoryUserSettings.create();
  private final MemoryRoomDirectory directory = MemoryRoomDirectory.create();
  private final DeviceStores devices = new DeviceStores(
      MemoryToDeviceInbox.create(),
      MemoryDeviceListStore.create(),
      MemoryDeviceKeyCounts.create(),
      MemoryTransactionIds.create());
  public final Presences presences;

  /** What the users see. */
  public final Watchers watchers;

  /** The events without the faults that the test asks for. */
  public final MemoryEventStore allEvents = MemoryEventStore.create();

  private final Consumer<SyncEngineBuilder> options;
  private final Timeline timeline;
  private final Actions actions;
  private final Story story;
  private final Map<UserId, Integer> polls = new ConcurrentHashMap<>();
  private final Set<UserId> pushed = ConcurrentHashMap.newKeySet();
  private MemoryPresenceStore presence = MemoryPresenceStore.create(); // guarded by this
  private MemoryTypingStore typing = MemoryTypingStore.create(); // guarded by this
  private volatile PollObserver reported = EMPTY;
  private @Nullable NotificationCounts unread; // guarded by this
  private volatile @Nullable SyncEngine engine;

  /**
   * Creates empty stores.
   *
   * @param options the options of the engine that the test sets
   */
  public Server(
      Consumer<SyncEngineBuilder> options, Timeline timeline, Actions actions, Story story) {
    this.options = options;
    this.timeline = timeline;
    this.actions = actions;
    this.story = story;
    events = new WorldEvents(allEvents);
    presences = new Presences(presence, timeline, this::isListening);
    watchers = new Watchers(timeline, story, this::end);
  }

  /**
   * Starts an engine over the stores.
   *
   * @param rooms by whose state unread events are counted
   */
  public synchronized void open(Rooms rooms) {
    unread = new UnreadCounter(
        allEvents, receipts, accountData, settings, new PushRules(accountData), rooms);
    engine = start(events, actions, this);
  }

  /** Starts an engine over the stores. */
  private SyncEngine start(WorldEvents readable, Executor executor, PollObserver observer) {
    SyncEngineBuilder builder = SyncEngine.builder(readable)
        .presence(presence)
        .typing(typing)
        .receipts(receipts)
        .accountData(accountData)
        .settings(settings)
        .directory(directory)
        .toDevice(devices.inbox())
        .deviceLists(devices.lists())
        .keyCounts(devices.keyCounts())
        .transactionIds(devices.transactionIds())
        .notificationCounts(Objects.requireNonNull(unread, "not opened"))
        .relations(allEvents)
        .gaps(allEvents)
        .polls(PollSettings.DEFAULT.withPresenceHold(Duration.ZERO))
        .watch(WATCH)
        .cacheBytes(CACHE_BYTES);
    options.accept(builder);
    return builder
        .executor(executor)
        .scheduler(timeline.quiet())
        .clock(timeline)
        .observer(observer)
        .build();
  }

  /** Returns the engine that runs now. */
  public SyncEngine engine() {
    return Objects.requireNonNull(engine, "not started");
  }

  /** Sets what keeps the presence that clients report when they call {@code /sync}. */
  public void report(PollObserver presence) {
    reported = presence;
  }

  /** Records that a user's stream is pushed to a service: the ends of the pusher's polls are no happenings. */
  public void isPushed(UserId user) {
    pushed.add(user);
  }

  /** Begins to watch what a user sees. */
  public synchronized void watch(UserId user) {
    watchers.watch(user, engine());
  }

  /** Returns the token of the ends of all streams. */
  private StreamToken end() {
    return StreamToken.of(
        events.watermark(),
        presence().watermark(),
        typing().watermark(),
        receipts.watermark(),
        accountData.watermark(),
        devices.inbox().watermark(),
        devices.lists().watermark());
  }

  /** Returns whether a user has an open poll of the stream or of {@code /sync}, apart from the kit's own. */
  public boolean isListening(UserId user) {
    return polls.getOrDefault(user, 0) - (watchers.isPolling(user) ? 1 : 0) > 0;
  }

  @Override
  public void pollBegan(UserId user) {
    polls.merge(user, 1, Integer::sum);
    if (!watchers.areBeginning()) {
      story.consequence(user + " polls");
    }
  }

  @Override
  public void pollEnded(UserId user) {
    polls.merge(user, -1, Integer::sum);
    if (!pushed.contains(user)) {
      timeline.happens();
    }
  }

  @Override
  public void syncBegan(UserId user, Optional<DeviceId> device, Optional<PresenceState> state) {
    pollBegan(user);
    reported.syncBegan(user, device, state);
  }

  @Override
  public void syncEnded(UserId user, Optional<DeviceId> device, Optional<PresenceState> state) {
    pollEnded(user);
    timeline.happens();
    reported.syncEnded(user, device, state);
  }

  /** Sets the event up to which a user has read a room. */
  public void reads(RoomId room, UserId user, EventId event) {
    receipts.set(new ReceiptChange(0, room, user, "m.read", event, timeline.instant()));
  }

  /** Takes a user's snapshot. May be called in a reaction. */
  public InitialSync snapshot(UserId user, int messages) {
    SnapshotOptions form = SnapshotOptions.DEFAULT.withForm(EventForm.R0);
    return await(engine().initialSyncAsync(user, messages, form));
  }

  /**
   * Returns the result of a call of the engine. May be called in a reaction, in which it runs the queued tasks.
   *
   * @throws RuntimeException or an error: what the call fails with
   */
  public <T> T await(CompletableFuture<T> call) {
    if (!call.isDone()) {
      actions.settleAll();
    }
    try {
      return call.join();
    } catch (CompletionException e) {
      throw thrown(e);
    }
  }

  private static RuntimeException thrown(CompletionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : e;
  }

  @Override
  public synchronized MemoryPresenceStore presence() {
    return presence;
  }

  @Override
  public MemoryReceiptStore receipts() {
    return receipts;
  }

  @Override
  public MemoryAccountDataStore accountData() {
    return accountData;
  }

  @Override
  public MemoryUserSettings settings() {
    return settings;
  }

  @Override
  public MemoryRoomDirectory directory() {
    return directory;
  }

  @Override
  public DeviceStores devices() {
    return devices;
  }

  @Override
  public synchronized MemoryTypingStore typing() {
    return typing;
  }

  /**
   * Closes the engine and starts another one over the same stores; if {@code forgets}, all earlier tokens are expired.
   */
  public synchronized void restart(boolean forgets) {
    try {
      SyncEngine last = engine();
      if (forgets) {
        forget();
      }
      engine = start(events, actions, this);
      // Its polls end only now, so that whoever polls again finds the next engine.
      last.close("the world was restarted; world.engine() returns its engine of now");
    } finally {
      watchers.follow(engine());
    }
  }

  private void forget() {
    long next = events.next(unseen());
    catchUp();
    events.forget(next);
    presence = MemoryPresenceStore.startingAt(presence.watermark() + 2);
    typing = MemoryTypingStore.startingAt(typing.watermark() + 2);
    presences.moveTo(presence);
    watchers.skip(end());
  }

  /**
   * Makes every watcher read to the end of its stream, so that what expires now is not unseen. An engine of its own
   * reads, on this thread and without the faults, so that the polls of bridges learn nothing by it.
   */
  private void catchUp() {
    SyncEngine reader = start(events.withoutFailures(), Runnable::run, EMPTY);
    try {
      watchers.catchUp(reader);
    } finally {
      reader.close();
    }
  }

  private RoomEvent unseen() {
    EventId id = EventId.parse("$restart" + events.watermark());
    RoomId room = RoomId.parse("!restart");
    return RoomEvent.builder(id, room, UserId.parse("@:none"), "restart").build();
  }

  /** Drops the log up to the newest event of a room that can be read. */
  public synchronized void purge(RoomId room) {
    Map<RoomId, Ranges> readable = Map.of(room, Ranges.everything(events.watermark()));
    List<StoredEvent> newest = allEvents.latest(readable, 1).getOrDefault(room, List.of());
    try {
      catchUp();
      newest.forEach(event -> allEvents.purge(event.position()));
    } finally {
      watchers.goOn();
    }
  }

  /**
   * Closes the engine, which ends every poll with an empty batch.
   *
   * @param why the message of later polls
   */
  public void close(String why) {
    engine().close(why);
  }
}
