package io.github.matrixsync.rest;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.domain.event.MutatedEvents;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host with every role and a few rooms and users, which acts at random. Its engine runs on the caller's thread.
 * Confined to one thread.
 */
final class FuzzHost implements AutoCloseable {
  static final List<UserId> USERS = List.of(
      user("alice"), user("alice"), user("alice"), user("bob"), user("carol"), user("dave"));
  static final List<RoomId> ROOMS =
      List.of(room("r"), room("open"), room("other"), room("left"), room("unknown"));

  private static final Instant START = Instant.ofEpochMilli(1_442_534_400_000L);
  private static final RestSettings SETTINGS =
      RestSettings.DEFAULT.withTimeouts(Duration.ofMillis(400), Duration.ofSeconds(1));
  private static final UserId ALICE = USERS.get(0);

  final List<String> events = new ArrayList<>();
  final ManualScheduler time = new ManualScheduler();
  private final MemoryEventStore log = MemoryEventStore.create();
  private final MemoryPresenceStore presence = MemoryPresenceStore.create();
  private final MemoryTypingStore typing = MemoryTypingStore.create();
  private final MemoryReceiptStore receipts = MemoryReceiptStore.create();
  private final MemoryAccountDataStore accountData = MemoryAccountDataStore.create();
  private final MemoryRoomDirectory directory = MemoryRoomDirectory.create();
  private final MemoryUserSettings settings = MemoryUserSettings.create();
  private final Random random;
  private final SyncEngine engine;
  final RestEdge edge;

  FuzzHost(Random random) {
    this.random = random;
    for (RoomId room : ROOMS.subList(0, 4)) {
      fill(room);
    }
    directory.setAliases(room("r"), Set.of(RoomAlias.parse("#r:h")));
    settings.setIgnored(user("bob"), Set.of(user("carol")));
    settings.erase(user("dave"));
    engine = SmallLimits.window(64, SyncEngine.builder(log))
        .presence(presence)
        .typing(typing)
        .receipts(receipts)
        .accountData(accountData)
        .directory(directory)
        .settings(settings)
        .executor(Runnable::run)
        .scheduler(time)
        .clock(() -> START.plusNanos(time.nanoTime()))
        .watch(WatchSettings.DEFAULT.withFallbackInterval(Duration.ofHours(1)))
        .build();
    edge = RestEdge.of(engine, SETTINGS);
  }

  private void fill(RoomId room) {
    append(room, ALICE, "m.room.create", "", "{\"creator\":\"@alice:h\"}");
    member(room, ALICE, "join");
    String visibility = room.equals(room("open")) ? "world_readable" : "shared";
    append(
        room,
        ALICE,
        "m.room.history_visibility",
        "",
        "{\"history_visibility\":\"" + visibility + "\"}");
    member(room, user("bob"), room.equals(room("r")) ? "join" : "invite");
    member(room, user("carol"), "join");
    append(room, user("carol"), "m.room.topic", "", "{\"topic\":\"t\"}");
    member(room, user("carol"), "leave");
    if (room.equals(room("left"))) {
      member(room, ALICE, "leave");
    }
  }

  @Override
  public void close() {
    engine.close();
  }

  /**
   * Appends an event whose JSON was changed at random.
   *
   * @return its id; empty if the JSON is not an event
   */
  Optional<EventId> takeMutated() {
    String id = "$e" + events.size() + ":h";
    RawJson json = RawJson.of(MutatedEvents.next(random, id, oneOf(USERS).value()));
    RoomEvent event;
    try {
      event = RoomEvents.parse(json, START.plusNanos(time.nanoTime()));
    } catch (InvalidEventException expected) {
      return Optional.empty();
    }
    log.append(List.of(Append.live(event)));
    events.add(event.id().value());
    return Optional.of(event.id());
  }

  /** Makes a random change of one stream. */
  void act() {
    UserId user = oneOf(USERS);
    RoomId room = oneOf(ROOMS);
    switch (random.nextInt(6)) {
      case 0 -> presence.set(presence(user));
      case 1 -> typing.start(room, user, START.plusNanos(time.nanoTime()).plusSeconds(20));
      case 2 ->
        receipts.set(
            new ReceiptChange(0, room, user, "m.read", EventId.parse(oneOf(events)), START));
      case 3 ->
        accountData.set(new AccountDataChange(
            0,
            user,
            random.nextBoolean() ? Optional.empty() : Optional.of(room),
            "m.tag",
            RawJson.of("{\"tags\":{\"u.x\":{\"order\":" + random.nextInt(9) + "}}}")));
      case 4 -> directory.setPublished(room, random.nextBoolean());
      default -> append(room, user, "m.room.message", null, "{\"body\":\"hello\"}");
    }
  }

  /** Advances the clock until no poll waits any more. */
  void pass() {
    time.advance(SETTINGS.timeouts().most());
  }

  private PresenceChange presence(UserId user) {
    PresenceState state = PresenceState.values()[random.nextInt(PresenceState.values().length)];
    return new PresenceChange(
        0,
        user,
        state,
        Optional.of("busy"),
        Optional.of(START),
        Optional.empty(),
        Optional.empty());
  }

  private void member(RoomId room, UserId user, String membership) {
    append(room, user, "m.room.member", user.value(), "{\"membership\":\"" + membership + "\"}");
  }

  private void append(
      RoomId room, UserId sender, String type, @Nullable String stateKey, String content) {
    String id = "$e" + events.size() + ":h";
    String json = "{\"event_id\":\"" + id + "\",\"room_id\":\"" + room + "\",\"sender\":\"" + sender
        + "\",\"type\":\"" + type + "\","
        + (stateKey == null ? "" : "\"state_key\":\"" + stateKey + "\",")
        + "\"origin_server_ts\":1,\"content\":" + content + "}";
    log.append(List.of(Append.live(RoomEvents.parse(RawJson.of(json), START))));
    events.add(id);
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static UserId user(String name) {
    return UserId.parse("@" + name + ":h");
  }

  private static RoomId room(String name) {
    return RoomId.parse("!" + name + ":h");
  }
}
