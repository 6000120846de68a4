package io.github.matrixsync.benchmarks.micro;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.Sink;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.EventStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does {@code getEvent} take, up to the bytes?
 *
 * <p>Data: a memory store with one room of 1,000 messages, all encoded before, requested in random order; floor:
 * writing the encoded event with its age. Then a room of 1,000,000 messages, and caches that hold about 10,000 of
 * them; floor: a look-up in the store, and encoding.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only get-event</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SingleEvents implements Question {
  private static final String EVENTS = "events";
  private static final String FEW = "1000";
  private static final String MANY = "1000000";
  private static final int CACHED = 10_000;
  private static final int WEIGHT = 700;

  /** A room and its member. */
  @State(Scope.Benchmark)
  public static class Room {
    private static final RoomId ROOM = Population.LOBBY;
    private static final UserId USER = Population.user(0);

    /** How many messages. */
    @Param({FEW, MANY})
    public int events;

    private EventStore store;
    private SyncEngine engine;
    private EventId[] ids;
    private EncodedEvent[] encoded;
    private final Sink sink = new Sink();
    private final SplittableRandom random = new SplittableRandom(1);

    /** Fills the store. */
    @Setup(Level.Trial)
    public void fill() {
      Community community = Community.inMemory();
      community.create(ROOM, USER).join(ROOM, USER);
      ids = new EventId[events];
      for (int i = 0; i < events; i++) {
        ids[i] = EventId.parse("$event" + (i + 3) + ":example.org");
      }
      store = community.messages(ROOM, USER, events).store();
      engine =
          SyncEngine.builder(store).cacheBytes((long) CACHED * WEIGHT / 2 * 9).build();
      encoded = new EncodedEvent[Math.min(events, CACHED)];
      for (int i = 0; i < encoded.length; i++) {
        encoded[i] = encode(ids[i]);
      }
    }

    /** Ends the engine. */
    @TearDown(Level.Trial)
    public void close() {
      engine.close();
    }

    private EncodedEvent encode(EventId id) {
      return EncodedEvent.of(EventForm.V1, store.events(List.of(id)).get(id), Optional.empty());
    }

    private EventId anyId() {
      return ids[random.nextInt(ids.length)];
    }
  }

  /** Gets a random event from the engine. */
  @Benchmark
  public long getEvent(Room room) throws IOException {
    room.engine.getEvent(Room.USER, room.anyId()).orElseThrow().writeTo(room.sink);
    return room.sink.taken();
  }

  /** Writes an encoded event. */
  @Benchmark
  public long cachedFloor(Room room) throws IOException {
    EncodedEvent event = room.encoded[room.random.nextInt(room.encoded.length)];
    event.at(Instant.now()).writeTo(room.sink);
    return room.sink.taken();
  }

  /** Reads, encodes and writes. */
  @Benchmark
  public long storeFloor(Room room) throws IOException {
    room.encode(room.anyId()).at(Instant.now()).writeTo(room.sink);
    return room.sink.taken();
  }

  @Override
  public String name() {
    return "get-event";
  }

  @Override
  public int heap() {
    return 4;
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    String many = size == Size.FULL ? MANY : Integer.toString(size.of(2_000, 100_000, 0));
    Jmh jmh = Jmh.run(SingleEvents.class, size, Map.of(EVENTS, List.of(FEW, many)));
    Interleaved warm = jmh.times("getEvent", "cachedFloor", Map.of(EVENTS, FEW));
    Interleaved scattered = jmh.times("getEvent", "storeFloor", Map.of(EVENTS, many));
    return List.of(
        Row.of("getEvent to bytes, warm", warm).atMost(Amount.nanos(3_000)),
        Row.of("getEvent to bytes, " + many + " distinct events, a cache of 10,000", scattered)
            .atMostTimesFloor(3));
  }
}
