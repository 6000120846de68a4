package io.github.matrixsync.law;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.world.LateStore;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of writers against polls for one room, by members and by strangers: messages, joins, leaves and bans, and a
 * room that everybody may read now and then. The polls have limits from 1 to 7, are chained by their tokens and never
 * time out. Each listener must get exactly the events that are due, and may be refused only at a place where the room
 * is not readable.
 */
final class PeekRace {
  private static final int USERS = 5;
  private static final int WRITERS = 2;
  private static final RoomId ROOM = World.room("r");
  private static final RoomId OTHER = World.room("other");
  private static final UserId OWNER = World.user("u0");
  private static final Duration FOREVER = Duration.ofHours(1);

  private final long seed;
  private final int events;
  private final long timeoutMillis;
  private final AppendableEventStore store;
  private final World world;
  private final SyncEngine engine;
  private final ConcurrentSkipListMap<Long, RoomEvent> log = new ConcurrentSkipListMap<>();
  private final List<String> problems = new ArrayList<>(); // guarded by this

  PeekRace(long seed, int events, boolean finalPrefix, long timeoutMillis) {
    this.seed = seed;
    this.events = events;
    this.timeoutMillis = timeoutMillis;
    Random delays = new Random(seed);
    store = new LateStore(finalPrefix, () -> {
      synchronized (delays) {
        return delays.nextInt(4) == 0 ? delays.nextInt(400_000) : 0;
      }
    });
    world = new World(store);
    engine = SmallLimits.window(seed % 2 == 0 ? 10_000 : 16, SyncEngine.builder(store))
        .watch(WatchSettings.DEFAULT.withFallbackInterval(FOREVER))
        .build();
  }

  /** Returns the failures. */
  List<String> run() throws InterruptedException {
    append(visibility(HistoryVisibility.WORLD_READABLE));
    List<Listening> listeners = new ArrayList<>();
    for (int i = 0; i < 2 * USERS; i++) {
      Random random = new Random(seed * 31 + i);
      listeners.add(new Listening(World.user("u" + i % (USERS + 1)), random));
    }
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      Random random = new Random(seed * WRITERS + w);
      writers.add(new Thread(() -> write(random)));
    }
    listeners.forEach(Thread::start);
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }
    append(visibility(HistoryVisibility.WORLD_READABLE));
    RoomEvent last = world.message(ROOM, OWNER);
    listeners.forEach(listener -> listener.last = last.id());
    append(last);
    for (Listening listener : listeners) {
      listener.join();
      listener.check();
    }
    engine.close();
    return problems;
  }

  private void append(RoomEvent event) {
    log.put(world.append(event), event);
  }

  private void write(Random random) {
    for (int i = 0; i < events / WRITERS; i++) {
      RoomId room = random.nextInt(3) == 0 ? OTHER : ROOM;
      UserId actor = World.user("u" + random.nextInt(USERS));
      UserId subject = World.user("u" + random.nextInt(USERS));
      append(
          switch (random.nextInt(10)) {
            case 0 -> visibility(HistoryVisibility.WORLD_READABLE);
            case 1 -> visibility(HistoryVisibility.values()[random.nextInt(4)]);
            case 2, 3 -> world.member(room, actor, actor, "join");
            case 4 -> world.member(room, actor, subject, "leave");
            case 5 -> world.member(room, actor, subject, "ban");
            default -> world.message(room, actor);
          });
    }
  }

  private RoomEvent visibility(HistoryVisibility to) {
    return world.event(
        ROOM,
        OWNER,
        RoomEvent.HISTORY_VISIBILITY,
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"" + to.value() + "\"}");
  }

  private synchronized void report(String what) {
    problems.add("seed " + seed + ": " + what);
  }

  /**
   * A poll that was refused.
   *
   * @param after the end of the log when the poll began
   * @param upTo the end of the log when it was refused
   */
  private record Refusal(long after, long upTo) {}

  /** One listener's chain of polls. */
  private final class Listening extends Thread {
    private final UserId user;
    private final Random random;
    private final List<EventId> got = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private volatile EventId last = EventId.parse("$none:h");

    Listening(UserId user, Random random) {
      this.user = user;
      this.random = random;
    }

    @Override
    public void run() {
      StreamToken from = StreamToken.of(0, 0, 0);
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(6 * timeoutMillis);
      while (got.isEmpty() || !got.get(got.size() - 1).equals(last)) {
        long asked = store.watermark();
        try {
          StreamOptions options =
              StreamOptions.DEFAULT.inRoom(ROOM).withLimit(1 + random.nextInt(7));
          EventBatch batch =
              engine.stream(user, from, FOREVER, options).get(timeoutMillis, TimeUnit.MILLISECONDS);
          batch.chunk().forEach(event -> got.add(event.id().orElseThrow()));
          from = batch.end();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof RoomNotReadableException)) {
            report(user + " failed: " + e.getCause());
            return;
          }
          refusals.add(new Refusal(asked, store.watermark()));
        } catch (TimeoutException e) {
          report(user + " was left waiting at " + from);
          return;
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        if (System.nanoTime() > until) {
          report(user + " got no further than " + from);
          return;
        }
      }
    }

    void check() {
      PeekOracle walk = new PeekOracle(user, ROOM);
      List<EventId> due = new ArrayList<>();
      List<Long> closed = new ArrayList<>(List.of(0L));
      log.forEach((position, event) -> {
        if (walk.isDue(event)) {
          due.add(event.id());
        }
        if (!walk.isReadable()) {
          closed.add(position);
        }
      });
      if (!got.equals(due)) {
        report(user + " got " + got.size() + " other than " + due.size());
      }
      for (Refusal refusal : refusals) {
        if (closed.stream().noneMatch(at -> refusal.after() <= at && at <= refusal.upTo())) {
          report(user + " was refused wrongly: " + refusal);
        }
      }
    }
  }
}
