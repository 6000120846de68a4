package io.github.matrixsync.benchmarks.sync;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.Roles;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.sync.SyncOptions;
import java.time.Duration;
import java.util.List;

/**
 * How long does the answer of {@code /sync} take that has one message?
 *
 * <p>Data: an engine with stores for every role; a user in 200 rooms, and one message since the token. The figure is
 * the time of a call that does not wait, by turns with the floor: v1's stream call after the same token. Beside it,
 * the store calls of such an answer, which is made from the window.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only sync-increment</pre>
 */
public final class SyncIncrement implements Question {
  private static final UserId READER = UserId.parse("@reader:example.org");
  private static final UserId WRITER = UserId.parse("@writer:example.org");
  private static final RoomId ROOM = Population.room(0);

  @Override
  public String name() {
    return "sync-increment";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int rooms = size.of(2, 200, 200);
    int calls = size.of(2, 200, 1_000);
    StoreCalls counted = new StoreCalls();
    Community community = community(rooms);
    try (SyncEngine engine =
        Roles.counted(community.store(), counted).executor(Runnable::run).build()) {
      StreamToken since = engine.initialSync(READER, 1).end();
      EventId message = community.say(ROOM, WRITER);
      SyncOptions options = SyncWishes.of(20, true);
      SyncWishes.expectSingle(
          engine.sync(READER, since, Duration.ZERO, options).join(), ROOM, message);
      Expect.single(engine.stream(READER, since, Duration.ZERO).join(), since, message);
      Interleaved times = Interleaved.of(
          size.of(0, 20, 20),
          size.of(1, 15, 31),
          () -> each(
              calls, () -> engine.sync(READER, since, Duration.ZERO, options).join()),
          () -> each(calls, () -> engine.stream(READER, since, Duration.ZERO).join()));
      counted.reset();
      engine.sync(READER, since, Duration.ZERO, options).join();
      long reads = counted.total("refresh");
      String of = String.format("/sync with one message, %,d rooms", rooms);
      return List.of(
          Row.of(of + " (floor: v1's stream)", times).untargeted(),
          Row.of(of + ": store calls", Amount.count(reads)).target("0", reads == 0));
    }
  }

  private static long each(int calls, Runnable call) {
    return Interleaved.time(() -> {
          for (int i = 0; i < calls; i++) {
            call.run();
          }
        })
        / calls;
  }

  private static Community community(int rooms) {
    Community community = Community.inMemory();
    for (int i = 0; i < rooms; i++) {
      RoomId room = Population.room(i);
      community.create(room, WRITER).join(room, WRITER).join(room, READER);
    }
    return community;
  }
}
