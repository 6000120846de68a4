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

/** A room with a growing number of members. Confined to one thread. */
final class GrowingMembers implements Growth.Shape {
  private static final RoomId ROOM = Population.LOBBY;
  private static final int LIMIT = 20;
  private static final Duration LONG = Duration.ofHours(1);

  private final int members;
  private final Community community = Community.inMemory();
  private final SyncEngine engine;
  private int newcomers;

  GrowingMembers(int members) {
    this.members = members;
    community.create(ROOM, Population.user(0));
    for (int i = 0; i < members; i++) {
      community.join(ROOM, Population.user(i));
    }
    community.messages(ROOM, Population.user(0), LIMIT);
    engine = SyncEngine.builder(community.store()).build();
  }

  @Override
  public List<Growth.Operation> operations() {
    return List.of(
        new Growth.Operation("message to one parked member", 1, this::message),
        new Growth.Operation("join of a newcomer who waits", 1, this::join),
        new Growth.Operation("initialSync, per member event", members, this::snapshot));
  }

  private long message() {
    UserId member = Population.user(members / 2);
    StreamToken from = StreamToken.of(community.store().watermark(), 0, 0);
    CompletableFuture<EventBatch> poll = engine.stream(member, from, LONG);
    return Interleaved.time(() -> {
      var event = community.say(ROOM, member);
      Expect.single(poll.join(), from, event);
    });
  }

  private long join() {
    UserId newcomer = UserId.parse("@newcomer" + newcomers++ + ":example.org");
    StreamToken from = StreamToken.of(community.store().watermark(), 0, 0);
    CompletableFuture<EventBatch> poll = engine.stream(newcomer, from, LONG);
    return Interleaved.time(() -> {
      community.join(ROOM, newcomer).store();
      Expect.same(1, poll.join().chunk().size(), "the newcomer's own join");
    });
  }

  private long snapshot() {
    int state = 1 + members + newcomers;
    return Interleaved.time(() -> {
      var room = engine.initialSync(Population.user(0), LIMIT).rooms().get(0);
      Expect.same(state, room.state().size(), "state entries");
    });
  }

  @Override
  public void close() {
    engine.close();
  }
}
