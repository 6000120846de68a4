package io.github.matrixsync.sync;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A host whose users call {@code /sync}. Confined to one thread. */
final class SyncHost implements AutoCloseable {
  static final SyncOptions AFTER = SyncOptions.DEFAULT.withStateMode(StateMode.AFTER);

  final Host host = new Host();

  SyncEngine engine() {
    return host.engine();
  }

  /** Returns options with a filter of timelines, written as the members of its object. */
  static SyncOptions timeline(String members) {
    return filter("{\"room\":{\"timeline\":{" + members + "}}}");
  }

  static SyncOptions filter(String json) {
    return SyncOptions.DEFAULT.withFilter(FilterSpec.parse(json));
  }

  /** Returns options of a client that loads members lazily, with a limit of timelines. */
  static SyncOptions lazy(int limit) {
    return filter("{\"room\":{\"timeline\":{\"limit\":" + limit
        + "},\"state\":{\"lazy_load_members\":true}}}");
  }

  SyncResponse sync(UserId user, @Nullable StreamToken since) {
    return sync(user, since, SyncOptions.DEFAULT);
  }

  SyncResponse sync(UserId user, @Nullable StreamToken since, SyncOptions options) {
    return engine().sync(user, since, Duration.ZERO, options).join();
  }

  /** Returns the token of a first answer. */
  StreamToken first(UserId user) {
    return sync(user, null).nextBatch();
  }

  StreamToken first(UserId user, SyncOptions options) {
    return sync(user, null, options).nextBatch();
  }

  /** Begins a call that waits half a minute. */
  CompletableFuture<SyncResponse> park(UserId user, StreamToken since) {
    return engine().sync(user, since, Duration.ofSeconds(30), SyncOptions.DEFAULT);
  }

  EventId message(RoomId room, UserId user) {
    return append(host.world.message(room, user));
  }

  EventId member(RoomId room, UserId sender, UserId subject, String membership) {
    return append(host.world.member(room, sender, subject, membership));
  }

  EventId state(RoomId room, UserId sender, String type, String content) {
    return append(stateEvent(room, sender, type, content));
  }

  RoomEvent stateEvent(RoomId room, UserId sender, String type, String content) {
    return host.world.event(room, sender, type, "\"state_key\":\"\",", content);
  }

  EventId append(RoomEvent event) {
    host.world.append(event);
    return event.id();
  }

  /** Appends an event with other state changes than its own. */
  EventId append(RoomEvent event, StateEntry... entries) {
    host.events.append(List.of(Append.live(event, List.of(entries))));
    return event.id();
  }

  static StateEntry entry(String type, String key, EventId event) {
    return new StateEntry(type, key, Optional.of(event));
  }

  /** Returns the number in the ids of events, as texts of answers have them. */
  static String number(EventId id) {
    return id.value().replaceAll("[^0-9]", "");
  }

  @Override
  public void close() {
    host.close();
  }
}
