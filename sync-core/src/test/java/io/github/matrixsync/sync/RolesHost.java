package io.github.matrixsync.sync;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.memory.MemoryDeviceKeyCounts;
import io.github.matrixsync.store.memory.MemoryDeviceListStore;
import io.github.matrixsync.store.memory.MemoryNotificationCounts;
import io.github.matrixsync.store.memory.MemoryToDeviceInbox;
import io.github.matrixsync.store.memory.MemoryTransactionIds;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A host with memory stores for all that only {@code /sync} shows. Confined to one thread. */
final class RolesHost implements AutoCloseable {
  static final DeviceId PHONE = DeviceId.parse("PHONE");
  static final DeviceId LAPTOP = DeviceId.parse("LAPTOP");
  static final SyncOptions ON_PHONE = SyncOptions.DEFAULT.withDevice(PHONE);
  static final SyncOptions ON_LAPTOP = SyncOptions.DEFAULT.withDevice(LAPTOP);

  final Host host = new Host();
  final World world = host.world;
  final MemoryToDeviceInbox inbox = MemoryToDeviceInbox.create();
  final MemoryDeviceListStore deviceLists = MemoryDeviceListStore.create();
  final MemoryDeviceKeyCounts keyCounts = MemoryDeviceKeyCounts.create();
  final MemoryNotificationCounts counts = MemoryNotificationCounts.create();
  final MemoryTransactionIds transactionIds = MemoryTransactionIds.create();

  /** Starts an engine with all stores. */
  RolesHost() {
    SyncEngine unused = host.start(full());
  }

  SyncEngineBuilder full() {
    return host.full()
        .toDevice(inbox)
        .deviceLists(deviceLists)
        .keyCounts(keyCounts)
        .notificationCounts(counts)
        .relations(host.events)
        .transactionIds(transactionIds);
  }

  static SyncOptions filter(String json) {
    return ON_PHONE.withFilter(FilterSpec.parse(json));
  }

  /** Returns options of a timeline with at most so many events. */
  static SyncOptions limit(int limit) {
    return filter("{\"room\":{\"timeline\":{\"limit\":" + limit + "}}}");
  }

  SyncResponse sync(UserId user, @Nullable StreamToken since) {
    return sync(user, since, ON_PHONE);
  }

  SyncResponse sync(UserId user, @Nullable StreamToken since, SyncOptions options) {
    return host.engine().sync(user, since, Duration.ZERO, options).join();
  }

  /** Returns the token of a first answer. */
  StreamToken first(UserId user) {
    return sync(user, null).nextBatch();
  }

  /** Begins a call that waits half a minute. */
  CompletableFuture<SyncResponse> park(UserId user, StreamToken since) {
    return host.engine().sync(user, since, Duration.ofSeconds(30), ON_PHONE);
  }

  /** Sends a message to a device. */
  void send(UserId user, DeviceId device, String content) {
    inbox.send(List.of(new ToDeviceMessage(
        0, user, device, Host.BOB, "m.test", RawJson.of("{\"n\":\"" + content + "\"}"))));
  }

  /** Appends a message that relates to another event. */
  EventId relate(RoomId room, UserId user, String relType, EventId target, String more) {
    return append(world.event(
        room,
        user,
        "m.room.message",
        "",
        "{\"body\":\"hi\",\"m.relates_to\":{\"rel_type\":\"" + relType + "\",\"event_id\":\""
            + target + "\"}" + more + "}"));
  }

  EventId append(RoomEvent event) {
    world.append(event);
    return event.id();
  }

  EventId message(RoomId room, UserId user) {
    return append(world.message(room, user));
  }

  /** Returns the JSON of an event of a joined room's timeline. */
  static String inTimeline(SyncResponse answer, RoomId room, EventId id) {
    for (ClientEvent event : answer.rooms().join().get(room).timeline().events()) {
      if (event.id().filter(id::equals).isPresent()) {
        return event.json().toString();
      }
    }
    throw new AssertionError(id + " is not in the timeline");
  }

  @Override
  public void close() {
    host.close();
  }
}
