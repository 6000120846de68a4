package io.github.matrixsync.law;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * One run of a writer that purges near the end of the log while users and application services poll from there, also
 * for one room, on the engine's own threads. The purge often takes events that the engine has not read yet. Each answer
 * must hold exactly what is due between its start and its end by the whole log; a poll may fail only because its token
 * has expired.
 */
final class PurgeRace {
  private static final int USERS = 3;
  private static final int POLLS = 4;

  private final long seed;
  private final int rounds;
  private final Random random;
  private final Random delays; // guarded by itself
  private final MemoryEventStore store = MemoryEventStore.create();
  private final World world = new World(store);
  private final SyncEngine engine;
  private final ConcurrentSkipListMap<Long, RoomEvent> log = new ConcurrentSkipListMap<>();
  private final List<RaceListener> listeners = RaceListener.allAndPeeks(USERS);
  private final List<String> problems = new ArrayList<>();

  private record Asked(
      RaceListener listener, StreamToken from, CompletableFuture<EventBatch> poll) {
    boolean mayBeRefused() {
      return listener.options().room().isPresent();
    }
  }

  /**
   * Prepares a run.
   *
   * @param broken wraps the store as the engine reads it
   */
  PurgeRace(long seed, int rounds, UnaryOperator<EventStore> broken) {
    this.seed = seed;
    this.rounds = rounds;
    random = new Random(seed);
    delays = new Random(~seed);
    engine = SmallLimits.window(
            seed % 2 == 0 ? 10_000 : 8,
            SyncEngine.builder(
                Between.beforeReads(EventStore.class, broken.apply(store), this::delay)))
        .watch(WatchSettings.DEFAULT.withFallbackInterval(Duration.ofHours(1)))
        .directory(RaceListener.directory(2))
        .build();
  }

  /** Returns the failures. */
  List<String> run() throws Exception {
    for (int round = 0; round < rounds && problems.isEmpty(); round++) {
      Random writes = new Random(seed * rounds + round);
      Thread writer = new Thread(() -> write(writes));
      writer.start();
      List<Asked> asked = new ArrayList<>();
      for (int i = 0; i < POLLS; i++) {
        asked.add(ask());
      }
      writer.join();
      for (Asked one : asked) {
        check(one);
      }
    }
    engine.close();
    return problems;
  }

  private void write(Random writes) {
    for (int i = 0; i < 1 + writes.nextInt(4); i++) {
      RoomEvent event = event(writes);
      log.put(world.append(event), event);
    }
    if (writes.nextBoolean()) {
      store.purge(Math.max(store.retainedAfter(), store.watermark() - writes.nextInt(3)));
    }
  }

  private RoomEvent event(Random writes) {
    RoomId room = World.room("r" + writes.nextInt(2));
    UserId actor = World.user("u" + writes.nextInt(USERS));
    UserId subject = World.user("u" + writes.nextInt(USERS));
    return switch (writes.nextInt(8)) {
      case 0, 1 -> world.member(room, actor, actor, "join");
      case 2 -> world.member(room, actor, subject, "ban");
      case 3 -> visibility(room, "world_readable");
      case 4 -> visibility(room, "shared");
      default -> world.message(room, actor);
    };
  }

  private RoomEvent visibility(RoomId room, String to) {
    return world.event(
        room,
        World.user("u0"),
        RoomEvent.HISTORY_VISIBILITY,
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"" + to + "\"}");
  }

  private Asked ask() {
    RaceListener listener = listeners.get(random.nextInt(listeners.size()));
    long near = store.watermark() - random.nextInt(3);
    StreamToken from = StreamToken.of(Math.max(store.retainedAfter(), near), 0, 0);
    return new Asked(
        listener, from, engine.stream(listener.user(), from, Duration.ZERO, listener.options()));
  }

  private void check(Asked asked) throws Exception {
    EventBatch batch;
    try {
      batch = asked.poll().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      boolean isRefused = e.getCause() instanceof RoomNotReadableException && asked.mayBeRefused();
      if (!isRefused && !(e.getCause() instanceof TokenExpiredException)) {
        report(asked, "failed: " + e.getCause());
      }
      return;
    }
    List<EventId> got =
        batch.chunk().stream().map(event -> event.id().orElseThrow()).toList();
    List<EventId> due = due(asked.listener(), batch.start().room(), batch.end().room());
    if (!got.equals(due) || !batch.start().equals(asked.from())) {
      report(asked, "got " + got + " and not " + due + " up to " + batch.end());
    }
  }

  /** Returns what is due in a part of the log, computed from the whole log. */
  private List<EventId> due(RaceListener listener, long after, long upTo) {
    Set<EventId> inPart = new HashSet<>();
    log.subMap(after, false, Math.max(after, upTo), true)
        .values()
        .forEach(event -> inPart.add(event.id()));
    return listener.oracle().apply(log.headMap(upTo, true).values()).stream()
        .filter(inPart::contains)
        .toList();
  }

  private void report(Asked asked, String what) {
    String who = asked.listener().name() + " from " + asked.from();
    problems.add("seed " + seed + ": " + who + " " + what);
  }

  private void delay() {
    int nanos;
    synchronized (delays) {
      nanos = delays.nextInt(4) == 0 ? delays.nextInt(200_000) : 0;
    }
    LockSupport.parkNanos(nanos);
  }
}
