package io.github.matrixsync.benchmarks.micro;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.Zipf;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * How many events of the log per second does a poll pass that begins far behind?
 *
 * <p>Data: a memory store with 100,000 messages in 500 rooms by Zipf, of which the user is in every tenth; polls from
 * the beginning, each from the end of the one before, with a limit of 1,000, to the end of the stream. Cold: on a new
 * engine. Warm: on an engine that has done it before. Floor: the log read from the store in pages of 1,000, and
 * filtered by a set of rooms. Rates are those of the log's messages, due or not.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only catch-up</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CatchUp implements Question {
  private static final String MESSAGES = "messages";
  private static final String FULL = "100000";
  private static final int ROOMS = 500;
  private static final int EVERY = 10;
  private static final int PAGE = 1_000;
  private static final long SEED = 20_151_005;

  /** A log, and a member of a tenth of its rooms. */
  @State(Scope.Benchmark)
  public static class Log {
    private static final UserId USER = Population.user(0);
    private static final UserId OTHER = UserId.parse("@other:example.org");

    /** How many messages. */
    @Param(FULL)
    public int messages;

    private EventStore store;
    private SyncEngine warm;
    private StreamToken beginning;
    private long head;
    private int due;
    private final Set<RoomId> joined = new HashSet<>();

    /** Fills the store. */
    @Setup(Level.Trial)
    public void fill() {
      Community community = Community.inMemory();
      for (int i = 0; i < ROOMS; i++) {
        community.create(Population.room(i), OTHER).join(Population.room(i), OTHER);
        if (i % EVERY == EVERY / 2) {
          joined.add(Population.room(i));
          community.join(Population.room(i), USER);
        }
      }
      beginning = StreamToken.of(community.store().watermark(), 0, 0);
      warm = SyncEngine.builder(community.store()).build();
      Zipf popularity = new Zipf(ROOMS);
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < messages; i++) {
        community.messages(Population.room(popularity.draw(random)), OTHER, 1);
      }
      store = community.store();
      head = store.watermark();
      due = scan(this);
      catchUp(warm, this);
    }

    /** Ends the engine. */
    @TearDown(Level.Trial)
    public void close() {
      warm.close();
    }
  }

  /** An engine that is new for each call. */
  @State(Scope.Benchmark)
  public static class Fresh {
    private SyncEngine engine;

    /** Creates the engine, without anything encoded. */
    @Setup(Level.Invocation)
    public void begin(Log log) {
      engine = SyncEngine.builder(log.store).build();
    }

    /** Closes the engine. */
    @TearDown(Level.Invocation)
    public void end() {
      engine.close();
    }
  }

  /** Catches up on a new engine. */
  @Benchmark
  public int cold(Log log, Fresh fresh) {
    return catchUp(fresh.engine, log);
  }

  /** Catches up on an engine that has done it before. */
  @Benchmark
  public int warm(Log log) {
    return catchUp(log.warm, log);
  }

  /** Reads the log and filters it. */
  @Benchmark
  public int floor(Log log) {
    return scan(log);
  }

  private static int catchUp(SyncEngine engine, Log log) {
    StreamToken from = log.beginning;
    int events = 0;
    while (from.room() < log.head) {
      EventBatch batch = engine.stream(Log.USER, from, Duration.ZERO).join();
      events += batch.chunk().size();
      from = batch.end();
    }
    Expect.same(log.due, events, "events of the stream");
    return events;
  }

  private static int scan(Log log) {
    int due = 0;
    long at = log.beginning.room();
    while (at < log.head) {
      LogPage page = log.store.log(Interest.everything(), at, log.head, PAGE);
      for (StoredEvent stored : page.events()) {
        if (log.joined.contains(stored.event().room())) {
          due++;
        }
      }
      at = page.through();
    }
    return due;
  }

  @Override
  public String name() {
    return "catch-up";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    String messages = size == Size.SMOKE ? "3000" : FULL;
    Jmh jmh = Jmh.run(CatchUp.class, size, Map.of(MESSAGES, List.of(messages)));
    String question = "catch-up of a stream " + messages + " events behind, ";
    return List.of(row(question, jmh, "warm", messages), row(question, jmh, "cold", messages));
  }

  private static Row row(String question, Jmh jmh, String method, String messages) {
    Interleaved times = jmh.times(method, "floor", Map.of());
    double count = Double.parseDouble(messages);
    return Row.of(
            question + method,
            Amount.rate(count, times.figure()),
            Amount.rate(count, times.floor()))
        .atLeastOfFloor(0.25);
  }
}
