package io.github.matrixsync.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A host with memory stores for every role, whose engine runs on the caller's thread and by a clock that the test
 * advances. Confined to one thread.
 */
public final class Host implements AutoCloseable {
  public static final UserId ALICE = World.user("a");
  public static final UserId BOB = World.user("b");
  public static final UserId CAROL = World.user("c");
  public static final RoomId ROOM = World.room("r");

  public final MemoryEventStore events = MemoryEventStore.create();
  public final MemoryPresenceStore presence = MemoryPresenceStore.create();
  public final MemoryTypingStore typing = MemoryTypingStore.create();
  public final MemoryReceiptStore receipts = MemoryReceiptStore.create();
  public final MemoryAccountDataStore accountData = MemoryAccountDataStore.create();
  public final MemoryUserSettings settings = MemoryUserSettings.create();
  public final ManualScheduler time = new ManualScheduler();
  public final World world = new World(events);
  private @Nullable SyncEngine engine;

  /** Returns a builder with the event store, the test's executor and clock, and no other role. */
  public SyncEngineBuilder bare() {
    return bare(events);
  }

  /** Returns such a builder with {@code store} as the event store. */
  public SyncEngineBuilder bare(EventStore store) {
    return SyncEngine.builder(store)
        .executor(Runnable::run)
        .scheduler(time)
        .clock(this::now)
        .settings(settings);
  }

  /** Returns a builder with every role. */
  public SyncEngineBuilder full() {
    return bare().presence(presence).typing(typing).receipts(receipts).accountData(accountData);
  }

  /** Closes the engine and starts another. */
  public SyncEngine start(SyncEngineBuilder builder) {
    close();
    SyncEngine started = builder.build();
    engine = started;
    return started;
  }

  public SyncEngine engine() {
    SyncEngine running = engine;
    return running == null ? start(full()) : running;
  }

  public Instant now() {
    return World.NOW.plusNanos(time.nanoTime());
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }

  /** Creates a room of {@code shared} history visibility with these members. */
  public void room(RoomId room, UserId creator, UserId... others) {
    world.create(room, creator, "shared");
    for (UserId other : others) {
      join(room, other);
    }
  }

  public EventId join(RoomId room, UserId user) {
    return member(room, user, "join");
  }

  public EventId leave(RoomId room, UserId user) {
    return member(room, user, "leave");
  }

  public void message(RoomId room, UserId user) {
    world.append(world.message(room, user));
  }

  public void presence(UserId user, PresenceState state) {
    presence.set(new PresenceChange(
        0, user, state, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  public void online(UserId user) {
    presence(user, PresenceState.ONLINE);
  }

  public void types(RoomId room, UserId user, Duration howLong) {
    typing.start(room, user, now().plus(howLong));
  }

  public void reads(RoomId room, UserId user, String event) {
    receipts.set(new ReceiptChange(
        0, room, user, "m.read", EventId.parse("$" + event + ":h"), Instant.ofEpochMilli(7)));
  }

  public void keeps(UserId user, @Nullable RoomId room, String type, String content) {
    accountData.set(
        new AccountDataChange(0, user, Optional.ofNullable(room), type, RawJson.of(content)));
  }

  /** Polls without waiting. */
  public EventBatch poll(UserId user, @Nullable StreamToken from) {
    return poll(user, from, StreamOptions.DEFAULT);
  }

  public EventBatch poll(UserId user, @Nullable StreamToken from, StreamOptions options) {
    return engine().stream(user, from, Duration.ZERO, options).join();
  }

  /** Begins a poll with a timeout of half a minute. */
  public CompletableFuture<EventBatch> park(UserId user, @Nullable StreamToken from) {
    return engine().stream(user, from, Duration.ofSeconds(30));
  }

  /** Returns the answer of a poll that must be answered. */
  public static EventBatch answered(CompletableFuture<EventBatch> poll) {
    assertThat(poll).isDone();
    return poll.join();
  }

  /** Returns the token of the current end of all streams. */
  public StreamToken here() {
    return poll(World.user("nobody"), null).end();
  }

  /** Returns the entries of a batch that are not room events, as JSON. */
  public static List<String> side(EventBatch batch) {
    return json(batch.chunk().stream().filter(entry -> entry.id().isEmpty()).toList());
  }

  public static List<String> json(List<ClientEvent> entries) {
    return entries.stream().map(entry -> entry.json().toString()).toList();
  }

  public static String present(UserId user, String state) {
    return "{\"type\":\"m.presence\",\"content\":{\"user_id\":\"" + user + "\",\"presence\":\""
        + state + "\"}}";
  }

  public static String typing(RoomId room, UserId... users) {
    List<String> ids = List.of(users).stream().map(user -> "\"" + user + "\"").toList();
    return "{\"type\":\"m.typing\",\"room_id\":\"" + room + "\",\"content\":{\"user_ids\":["
        + String.join(",", ids) + "]}}";
  }

  public static String receipt(RoomId room, UserId user, String event) {
    return "{\"type\":\"m.receipt\",\"room_id\":\"" + room + "\",\"content\":{\"$" + event
        + ":h\":{\"m.read\":{\"" + user + "\":{\"ts\":7}}}}}";
  }

  private EventId member(RoomId room, UserId user, String membership) {
    var event = world.member(room, user, user, membership);
    world.append(event);
    return event.id();
  }
}
