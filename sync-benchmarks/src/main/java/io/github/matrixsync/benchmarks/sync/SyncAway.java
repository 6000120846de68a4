package io.github.matrixsync.benchmarks.sync;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long does the answer of {@code /sync} take to a client that was away?
 *
 * <p>Data: a user in 200 rooms, of which 50 have had 100 messages and a new topic since the token; and a user in one
 * room with 10,000 messages since. The window is empty, so the store is read. By turns with the floor: a first answer.
 * Beside it, the store calls.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only sync-away</pre>
 */
public final class SyncAway implements Question {
  private static final UserId READER = UserId.parse("@reader:example.org");
  private static final UserId WRITER = UserId.parse("@writer:example.org");
  private static final int MESSAGES = 100;
  private static final int GAP = 10_000;

  @Override
  public String name() {
    return "sync-away";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int rooms = size.of(4, 200, 200);
    List<Row> rows = new ArrayList<>();
    rows.addAll(measure(
        String.format("/sync after a day away, %,d of %,d rooms changed", rooms / 4, rooms),
        rooms,
        rooms / 4,
        MESSAGES,
        size));
    int gap = size.of(100, GAP, GAP);
    rows.addAll(
        measure(String.format("/sync after %,d messages in one room", gap), 1, 1, gap, size));
    return rows;
  }

  private static List<Row> measure(String question, int rooms, int changed, int messages, Size size)
      throws Exception {
    Community community = Community.inMemory();
    for (int i = 0; i < rooms; i++) {
      community
          .create(Population.room(i), WRITER)
          .join(Population.room(i), WRITER)
          .join(Population.room(i), READER)
          .states(Population.room(i), WRITER, 10);
    }
    AppendableEventStore store = community.store();
    StreamToken since = StreamToken.of(store.watermark(), 0, 0);
    for (int i = 0; i < changed; i++) {
      community
          .states(Population.room(i), WRITER, 1)
          .messages(Population.room(i), WRITER, messages);
    }
    StoreCalls calls = new StoreCalls();
    EventStore counted = calls.counted(EventStore.class, community.store());
    try (SyncEngine engine = SmallLimits.window(
            0, SyncEngine.builder(counted).executor(Runnable::run))
        .build()) {
      SyncOptions options = SyncWishes.of(20, true);
      calls.reset();
      SyncResponse first = engine.sync(READER, since, Duration.ZERO, options).join();
      long reads = calls.total("refresh");
      Expect.same(changed, first.rooms().join().size(), "rooms of an answer");
      Interleaved times = Interleaved.of(
          size.of(0, 40, 40),
          size.of(1, 7, 15),
          () -> Interleaved.time(
              () -> engine.sync(READER, since, Duration.ZERO, options).join()),
          () -> Interleaved.time(
              () -> engine.sync(READER, null, Duration.ZERO, options).join()));
      return List.of(
          Row.of(question + " (floor: a first answer)", times).untargeted(),
          Row.of(question + ": store calls", Amount.count(reads)).atMost(Amount.count(11)));
    }
  }
}
