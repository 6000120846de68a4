package io.github.matrixsync.benchmarks.micro;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * How long does a poll with no timeout and no event take?
 *
 * <p>Data: a memory store, a user in 10, 1,000 or 10,000 rooms who has polled before. At the head: no event follows the
 * token; floor: a look-up in a map of users. Behind 1,000 foreign events: all events after the token are of a room that
 * the user is not in; floor: a loop over as many events that looks up each room in the set of the user's rooms. Flat
 * means that 1,000 and 10,000 rooms take at most 1.5 times as long as 10 rooms.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only empty-poll</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EmptyPolls implements Question {
  private static final String ROOMS = "rooms";
  private static final List<String> SIZES = List.of("10", "1000", "10000");
  private static final int FOREIGN = 1_000;
  private static final int USERS = 10_000;
  private static final double FLAT = 1.5;

  /** A user in many rooms, and other users. */
  @State(Scope.Benchmark)
  public static class World {
    private static final UserId USER = Population.user(0);
    private static final UserId OTHER = UserId.parse("@other:example.org");
    private static final RoomId ELSEWHERE = RoomId.parse("!elsewhere:example.org");

    /** How many rooms. */
    @Param({"10", "1000", "10000"})
    public int rooms;

    private EventStore store;
    private SyncEngine engine;
    private StreamToken head;
    private StreamToken behind;
    private StoredEvent[] foreign;
    private final Set<RoomId> joined = new HashSet<>();
    private final Map<UserId, Integer> users = new HashMap<>();

    /** Fills the store, and polls once. */
    @Setup(Level.Trial)
    public void fill() {
      Community community = Community.inMemory();
      for (int i = 0; i < rooms; i++) {
        RoomId room = Population.room(i);
        community.create(room, OTHER).join(room, USER);
        joined.add(room);
      }
      engine = SyncEngine.builder(community.store()).build();
      behind = engine.stream(USER, null, Duration.ZERO).join().end();
      store = community.messages(ELSEWHERE, OTHER, FOREIGN).store();
      head = engine.stream(USER, behind, Duration.ZERO).join().end();
      Expect.same(behind.room() + FOREIGN, head.room(), "the head");
      foreign = store
          .log(Interest.everything(), behind.room(), head.room(), FOREIGN)
          .events()
          .toArray(new StoredEvent[0]);
      for (int i = 0; i < USERS; i++) {
        users.put(Population.user(i), i);
      }
    }

    /** Ends the engine. */
    @TearDown(Level.Trial)
    public void close() {
      engine.close();
    }

    private EventBatch poll(StreamToken from) {
      EventBatch batch = engine.stream(USER, from, Duration.ZERO).join();
      Expect.same(0, batch.chunk().size(), "events that are not due");
      Expect.same(head.room(), batch.end().room(), "the end");
      return batch;
    }
  }

  /** Polls at the head. */
  @Benchmark
  public EventBatch atHead(World world) {
    return world.poll(world.head);
  }

  /** Looks a user up. */
  @Benchmark
  public Integer atHeadFloor(World world) {
    return world.users.get(World.USER);
  }

  /** Polls behind events that are not due to the user. */
  @Benchmark
  public EventBatch behind(World world) {
    return world.poll(world.behind);
  }

  /** Scans as many events. */
  @Benchmark
  public int behindFloor(World world) {
    int due = 0;
    for (StoredEvent stored : world.foreign) {
      if (world.joined.contains(stored.event().room())) {
        due++;
      }
    }
    return due;
  }

  @Override
  public String name() {
    return "empty-poll";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    List<String> rooms = size == Size.SMOKE ? List.of("10", "20") : SIZES;
    Jmh jmh = Jmh.run(EmptyPolls.class, size, Map.of(ROOMS, rooms));
    List<Row> rows = new ArrayList<>();
    for (String count : rooms) {
      rows.add(Row.of("empty poll at the head, " + count + " rooms", times(jmh, "atHead", count))
          .atMost(Amount.nanos(2_000)));
    }
    for (String count : rooms) {
      rows.add(Row.of(
              "empty poll behind 1,000 foreign events, " + count + " rooms",
              times(jmh, "behind", count))
          .atMost(Amount.nanos(50_000)));
    }
    String largest = rooms.get(rooms.size() - 1);
    for (String method : List.of("atHead", "behind")) {
      String what = method.equals("atHead") ? "at the head" : "behind 1,000 foreign events";
      rows.add(Row.of(
              "empty poll " + what + ", " + largest + " rooms (floor: 10 rooms)",
              Amount.nanos(jmh.median(method, Map.of(ROOMS, largest))),
              Amount.nanos(jmh.median(method, Map.of(ROOMS, rooms.get(0)))))
          .atMostTimesFloor(FLAT));
    }
    return rows;
  }

  private static io.github.matrixsync.benchmarks.table.Interleaved times(
      Jmh jmh, String method, String rooms) {
    return jmh.times(method, method + "Floor", Map.of(ROOMS, rooms));
  }
}
