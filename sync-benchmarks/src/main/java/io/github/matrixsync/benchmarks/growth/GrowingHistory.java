package io.github.matrixsync.benchmarks.growth;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** A room with one member and a growing number of messages. Confined to one thread. */
final class GrowingHistory implements Growth.Shape {
  private static final RoomId ROOM = Population.LOBBY;
  private static final UserId USER = UserId.parse("@user:example.org");
  private static final int LIMIT = 20;
  private static final int PAGE = 1_000;
  private static final int BESIDES = 2; // the creation and the join
  private static final Duration LONG = Duration.ofHours(1);

  private final int messages;
  private final Community community = Community.inMemory();
  private final SyncEngine engine;
  private final SplittableRandom random = new SplittableRandom(1);

  GrowingHistory(int messages) {
    this.messages = messages;
    community.create(ROOM, USER).join(ROOM, USER).messages(ROOM, USER, messages);
    engine = SyncEngine.builder(community.store()).build();
  }

  @Override
  public List<Growth.Operation> operations() {
    return List.of(
        new Growth.Operation("message to the parked member", 1, this::message),
        new Growth.Operation("initialSync with 20 messages", 1, this::snapshot),
        new Growth.Operation("the newest 20 messages", 1, () -> page(null)),
        new Growth.Operation("20 messages from the middle", 1, () -> page(middle())),
        new Growth.Operation("poll from the beginning, per event", first(), this::oldPoll),
        new Growth.Operation("getEvent of any event", 1, this::event));
  }

  private long message() {
    StreamToken from = StreamToken.of(community.store().watermark(), 0, 0);
    CompletableFuture<EventBatch> poll = engine.stream(USER, from, LONG);
    return Interleaved.time(() -> {
      var event = community.say(ROOM, USER);
      Expect.single(poll.join(), from, event);
    });
  }

  private long snapshot() {
    return Interleaved.time(() -> {
      var room = engine.initialSync(USER, LIMIT).rooms().get(0);
      Expect.same(LIMIT, room.messages().orElseThrow().chunk().size(), "messages");
    });
  }

  private long page(@org.jspecify.annotations.Nullable StreamToken from) {
    return Interleaved.time(() -> Expect.same(
        LIMIT,
        engine
            .messages(USER, ROOM, MessagesOptions.backward(LIMIT).withFrom(from))
            .chunk()
            .size(),
        "messages of a page"));
  }

  private StreamToken middle() {
    return StreamToken.of(messages / 2 + BESIDES, 0, 0);
  }

  private int first() {
    return Math.min(PAGE, messages);
  }

  private long oldPoll() {
    StreamToken beginning = StreamToken.of(BESIDES, 0, 0);
    return Interleaved.time(() -> Expect.that(
        engine.stream(USER, beginning, Duration.ZERO).join().chunk().size() >= first(),
        "an old poll without its events"));
  }

  private long event() {
    EventId id = EventId.parse("$event" + (1 + random.nextInt(messages)) + ":example.org");
    return Interleaved.time(
        () -> Expect.that(engine.getEvent(USER, id).isPresent(), "an event is missing"));
  }

  @Override
  public void close() {
    engine.close();
  }
}
