package io.github.matrixsync.law;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineTest;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.world.LateStore;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run of writers against readers, which are users and application services: random rooms, joins, leaves, kicks and
 * rejoins; polls with limits from 1 to 7 that are chained by their tokens and never time out. Writers pause after each
 * burst until everything is delivered. In the end each reader must have exactly the events that an oracle computes from
 * the log. A lost wake-up shows as events that never come.
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
  private final long timeoutMillis;
  private final LateStore store;
  private final World world;
  private final SyncEngine engine;
  private final ConcurrentSkipListMap<Long, RoomEvent> log = new ConcurrentSkipListMap<>();
  private final List<RaceListener> listeners = RaceListener.all(USERS);
  private final List<String> problems = new ArrayList<>(); // guarded by this

  Race(long seed, int events, boolean finalPrefix, long timeoutMillis) {
    this.seed = seed;
    this.events = events;
    this.timeoutMillis = timeoutMillis;
    this.delays = new Random(seed);
    store = new LateStore(finalPrefix, () -> {
      synchronized (delays) {
        return delays.nextInt(4) == 0 ? delays.nextInt(400_000) : 0;
      }
    });
    world = new World(store);
    int window = seed % 2 == 0 ? 10_000 : 16;
    engine = SmallLimits.window(window, SyncEngine.builder(store))
        .watch(WatchSettings.DEFAULT.withFallbackInterval(FOREVER))
        .clock(this::slowNow)
        .directory(RaceListener.directory(ROOMS))
        .build();
  }

  /** Returns the failures. */
  List<String> run() throws InterruptedException {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < listeners.size(); i++) {
      readings.add(new Reading(listeners.get(i), new Random(seed * 31 + i)));
    }
    readings.forEach(Reading::next);
    for (int burst = 0; burst < BURSTS && problems.isEmpty(); burst++) {
      writeBurst(burst);
      readings.forEach(reading -> reading.expect(due(reading.listener)));
      readings.forEach(Reading::check);
    }
    checkSplits();
    engine.close();
    return problems;
  }

  /** Delays an engine now and then between looking and parking, where it reads the clock. */
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

  private List<EventId> due(RaceListener listener) {
    return listener.oracle().apply(log.values());
  }

  /** Any split of a poll gives the same sequence. */
  private void checkSplits() {
    for (RaceListener listener : listeners) {
      List<EventId> got = new ArrayList<>();
      StreamToken from = StreamToken.of(0, 0, 0);
      Random random = new Random(seed + listeners.indexOf(listener));
      while (from.room() < store.watermark()) {
        StreamOptions options = listener.options().withLimit(1 + random.nextInt(50));
        EventBatch batch =
            SyncEngineTest.await(engine.stream(listener.user(), from, Duration.ZERO, options));
        batch.chunk().forEach(event -> got.add(event.id().orElseThrow()));
        from = batch.end();
      }
      List<EventId> expected = due(listener);
      if (!got.equals(expected)) {
        report(listener.name() + " by splits: " + got.size() + " of " + expected.size());
      }
    }
  }

  private synchronized void report(String what) {
    problems.add("seed " + seed + ": " + what);
  }

  /** One listener's chain of polls. */
  private final class Reading {
    private final RaceListener listener;
    private final Random random;
    private final List<EventId> got = new ArrayList<>(); // guarded by this
    private volatile CompletableFuture<Void> complete = new CompletableFuture<>();
    private StreamToken from = StreamToken.of(0, 0, 0);
    private @Nullable List<EventId> expected; // guarded by this

    Reading(RaceListener listener, Random random) {
      this.listener = listener;
      this.random = random;
    }

    void next() {
      StreamOptions options = listener.options().withLimit(1 + random.nextInt(7));
      engine.stream(listener.user(), from, FOREVER, options)
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
        complete.get(timeoutMillis, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        report(listener.name() + " was left waiting, " + due(listener).size() + " events were due");
      } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
        report(listener.name() + " failed: " + e);
      }
    }

    private void take(@Nullable EventBatch batch, @Nullable Throwable failure) {
      if (failure != null) {
        report(listener.name() + " failed: " + failure);
        return;
      }
      if (from.isAheadOf(batch.end()) || !batch.start().equals(from)) {
        report(listener.name() + " went back from " + from + " to " + batch.end());
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
          report(listener.name() + " got " + got.size() + " other than " + expected.size());
        }
        expected = null;
        complete.complete(null);
      }
    }
  }
}
