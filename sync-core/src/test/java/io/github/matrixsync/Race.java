package io.github.matrixsync;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run of writers against readers: random rooms, joins, leaves, kicks and rejoins; polls with limits from 1 to 7 that are chained by their tokens and never time out. Writing comes in bursts, and after each all must fall quiet with nothing left to deliver. Afterwards each reader must have exactly what the
 * specification's sentence gives for the log, and must have it without being looked after: a waiter left behind shows as events that never come.
 */
final class Race {
  private static final int USERS = 6;
  private static final int ROOMS = 4;
  private static final int WRITERS = 3;
  private static final int BURSTS = 20;
  private static final Duration FOREVER = Duration.ofHours(1);

  private final long seed;
  private final Random delays; // guarded by itself
  private final int events;
  private final long patienceMillis;
  private final LateStore store;
  private final World world;
  private final SyncEngine engine;
  private final ConcurrentSkipListMap<Long, RoomEvent> log = new ConcurrentSkipListMap<>();
  private final List<String> trouble = new ArrayList<>(); // guarded by this

  Race(long seed, int events, boolean finalPrefix, long patienceMillis) {
    this.seed = seed;
    this.events = events;
    this.patienceMillis = patienceMillis;
    this.delays = new Random(seed);
    store = new LateStore(finalPrefix, () -> {
      synchronized (delays) {
        return delays.nextInt(4) == 0 ? delays.nextInt(400_000) : 0;
      }
    });
    world = new World(store);
    int window = seed % 2 == 0 ? 10_000 : 16;
    engine = SyncEngine.builder(store)
        .fallbackInterval(FOREVER)
        .clock(this::slowNow)
        .window(window, 1 << 20)
        .build();
  }

  /** Returns what went wrong; nothing if all is well. */
  List<String> run() throws InterruptedException {
    List<Reading> readings = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      readings.add(new Reading(World.user("u" + u), new Random(seed * 31 + u)));
    }
    readings.forEach(Reading::next);
    for (int burst = 0; burst < BURSTS && trouble.isEmpty(); burst++) {
      writeBurst(burst);
      readings.forEach(reading -> reading.expect(due(reading.user)));
      readings.forEach(Reading::check);
    }
    checkSplits();
    engine.close();
    return trouble;
  }

  /** An engine asks for the time between looking and parking: there it is held up now and then. */
  private Instant slowNow() {
    int nanos;
    synchronized (delays) {
      nanos = delays.nextInt(3) == 0 ? delays.nextInt(300_000) : 0;
    }
    LockSupport.parkNanos(nanos);
    return World.NOW;
  }

  private void writeBurst(int burst) throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      Random random = new Random((seed * BURSTS + burst) * WRITERS + w);
      writers.add(new Thread(() -> write(random)));
    }
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private void write(Random random) {
    for (int i = 0; i < events / BURSTS / WRITERS; i++) {
      RoomId room = World.room("r" + random.nextInt(ROOMS));
      UserId actor = World.user("u" + random.nextInt(USERS));
      UserId subject = World.user("u" + random.nextInt(USERS));
      RoomEvent event = switch (random.nextInt(10)) {
        case 0, 1 -> world.member(room, actor, actor, "join");
        case 2 -> world.member(room, actor, actor, "leave");
        case 3 -> world.member(room, actor, subject, "leave");
        case 4 -> world.member(room, actor, subject, "invite");
        case 5 -> world.member(room, actor, subject, "ban");
        default -> world.message(room, actor);
      };
      log.put(world.append(event), event);
    }
  }

  /** The specification's sentence, over the whole log: joined at the event, or sent it, or the subject. */
  private List<EventId> due(UserId user) {
    Set<RoomId> joined = new HashSet<>();
    List<EventId> due = new ArrayList<>();
    for (RoomEvent event : log.values()) {
      boolean own = event.stateKey().filter(user.value()::equals).isPresent();
      if (own && event.membership().orElseThrow() == Membership.JOIN) {
        joined.add(event.room());
      } else if (own) {
        joined.remove(event.room());
      }
      if (own || joined.contains(event.room()) || event.sender().equals(user)) {
        due.add(event.id());
      }
    }
    return due;
  }

  /** Any split of a poll gives the same sequence. */
  private void checkSplits() {
    Map<UserId, List<EventId>> expected = new HashMap<>();
    for (int u = 0; u < USERS; u++) {
      UserId user = World.user("u" + u);
      List<EventId> got = new ArrayList<>();
      StreamToken from = StreamToken.of(0, 0, 0);
      Random random = new Random(seed + u);
      while (from.room() < store.watermark()) {
        StreamOptions options = StreamOptions.DEFAULT.withLimit(1 + random.nextInt(50));
        EventBatch batch = SyncEngineTest.await(engine.stream(user, from, Duration.ZERO, options));
        batch.chunk().forEach(event -> got.add(event.id().orElseThrow()));
        from = batch.end();
      }
      expected.put(user, due(user));
      if (!got.equals(expected.get(user))) {
        report(user + " by splits: " + got.size() + " of " + expected.get(user).size());
      }
    }
  }

  private synchronized void report(String what) {
    trouble.add("seed " + seed + ": " + what);
  }

  /** One user's chain of polls. */
  private final class Reading {
    private final UserId user;
    private final Random random;
    private final List<EventId> got = new ArrayList<>(); // guarded by this
    private volatile CompletableFuture<Void> complete = new CompletableFuture<>();
    private StreamToken from = StreamToken.of(0, 0, 0);
    private @Nullable List<EventId> expected; // guarded by this

    Reading(UserId user, Random random) {
      this.user = user;
      this.random = random;
    }

    void next() {
      StreamOptions options = StreamOptions.DEFAULT.withLimit(1 + random.nextInt(7));
      engine.stream(user, from, FOREVER, options)
          .whenCompleteAsync((batch, failure) -> take(batch, failure));
    }

    void expect(List<EventId> due) {
      synchronized (this) {
        expected = due;
        complete = new CompletableFuture<>();
      }
      compare();
    }

    void check() {
      try {
        complete.get(patienceMillis, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        report(user + " was left waiting, " + due(user).size() + " events were due");
      } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
        report(user + " failed: " + e);
      }
    }

    private void take(@Nullable EventBatch batch, @Nullable Throwable failure) {
      if (failure != null) {
        report(user + " failed: " + failure);
        return;
      }
      if (from.isAheadOf(batch.end()) || !batch.start().equals(from)) {
        report(user + " went back from " + from + " to " + batch.end());
      }
      synchronized (this) {
        for (ClientEvent event : batch.chunk()) {
          got.add(event.id().orElseThrow());
        }
      }
      from = batch.end();
      compare();
      if (!batch.chunk().isEmpty()) {
        next();
      }
    }

    private synchronized void compare() {
      if (expected != null && got.size() >= expected.size()) {
        if (!got.equals(expected)) {
          report(user + " got " + got.size() + " other than " + expected.size());
        }
        expected = null;
        complete.complete(null);
      }
    }
  }
}
