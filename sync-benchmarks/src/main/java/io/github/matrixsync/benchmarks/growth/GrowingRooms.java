package io.github.matrixsync.benchmarks.growth;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A user in a growing number of rooms. Confined to one thread. */
final class GrowingRooms implements Growth.Shape {
  private static final UserId USER = UserId.parse("@user:example.org");
  private static final UserId OTHER = UserId.parse("@other:example.org");
  private static final Duration LONG = Duration.ofHours(1);

  private final int rooms;
  private final Community community = Community.inMemory();
  private final SyncEngine engine;
  private int further;

  GrowingRooms(int rooms) {
    this.rooms = rooms;
    for (int i = 0; i < rooms; i++) {
      RoomId room = Population.room(i);
      community.create(room, OTHER).join(room, OTHER).join(room, USER).messages(room, OTHER, 1);
    }
    engine = SyncEngine.builder(community.store()).build();
  }

  @Override
  public List<Growth.Operation> operations() {
    return List.of(
        new Growth.Operation("empty poll", 1, this::emptyPoll),
        new Growth.Operation("message to the parked user", 1, this::message),
        new Growth.Operation("join of one more room", 1, this::join),
        new Growth.Operation("first poll, per room", rooms, this::firstPoll),
        new Growth.Operation("initialSync, per room", rooms, this::snapshot));
  }

  private long emptyPoll() {
    StreamToken head = head();
    return Interleaved.time(() ->
        Expect.same(0, engine.stream(USER, head, Duration.ZERO).join().chunk().size(), "events"));
  }

  private long message() {
    StreamToken from = head();
    CompletableFuture<EventBatch> poll = engine.stream(USER, from, LONG);
    return Interleaved.time(() -> {
      var event = community.say(Population.room(rooms / 2), OTHER);
      Expect.single(poll.join(), from, event);
    });
  }

  private long join() {
    RoomId room = RoomId.parse("!further" + further++ + ":example.org");
    community.create(room, USER).store();
    engine.stream(USER, head(), Duration.ZERO).join();
    StreamToken from = head();
    CompletableFuture<EventBatch> poll = engine.stream(USER, from, LONG);
    return Interleaved.time(() -> {
      community.join(room, USER).store();
      Expect.same(1, poll.join().chunk().size(), "the user's own join");
    });
  }

  private long firstPoll() {
    StreamToken head = head();
    try (SyncEngine fresh = SyncEngine.builder(community.store()).build()) {
      return Interleaved.time(() ->
          Expect.same(0, fresh.stream(USER, head, Duration.ZERO).join().chunk().size(), "events"));
    }
  }

  private long snapshot() {
    return Interleaved.time(() -> Expect.same(
        rooms + further, engine.initialSync(USER, 1).rooms().size(), "rooms of a snapshot"));
  }

  private StreamToken head() {
    return StreamToken.of(community.store().watermark(), 0, 0);
  }

  @Override
  public void close() {
    engine.close();
  }
}
