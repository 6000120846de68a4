package io.github.matrixsync.law;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.Answers;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of writers against an engine with caches: random rooms, members, state, redactions, backfill, purges, ignored
 * and erased users. Meanwhile readers make all kinds of requests, so that caches are filled at the worst moments; their
 * answers must not contain what was redacted before. After each burst an engine without caches must give the same
 * bytes.
 */
final class CacheRace {
  private static final int USERS = 5;
  private static final int ROOMS = 4;
  private static final int WRITERS = 2;
  private static final int READERS = 2;
  private static final int BURSTS = 6;
  private static final String[] VISIBILITIES = {"world_readable", "shared", "invited", "joined"};

  private final long seed;
  private final int events;
  private final MemoryEventStore store = MemoryEventStore.create();
  private final MemoryUserSettings settings = MemoryUserSettings.create();
  private final World world = new World(store);
  private final SyncEngine engine;
  private final Answers cached;
  private final ConcurrentLinkedQueue<EventId> ids = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<EventId> secrets = new ConcurrentLinkedQueue<>();
  private final Set<EventId> redacted = ConcurrentHashMap.newKeySet();
  private final List<String> problems = new ArrayList<>(); // guarded by this

  CacheRace(long seed, int events) {
    this.seed = seed;
    this.events = events;
    engine = SmallLimits.window(seed % 2 == 0 ? 1_000 : 8, SyncEngine.builder(store))
        .settings(settings)
        .clock(() -> World.NOW)
        .cacheBytes(seed % 3 == 0 ? 100_000 : 5 << 20)
        .build();
    cached = new Answers(engine);
  }

  /** Returns the failures. */
  List<String> run() throws InterruptedException {
    for (int r = 0; r < ROOMS; r++) {
      world.create(room(r), user(r), VISIBILITIES[r]);
    }
    for (int burst = 0; burst < BURSTS && problems.isEmpty(); burst++) {
      burst(burst);
      compare();
    }
    engine.close();
    return problems;
  }

  private void burst(int burst) throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      Random random = random(burst, 100 + i);
      readers.add(start(() -> {
        do {
          ask(random);
        } while (!stop.get());
      }));
    }
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Random random = random(burst, i);
      writers.add(start(() -> {
        for (int n = 0; n < events / BURSTS / WRITERS; n++) {
          write(random);
        }
      }));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    stop.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
  }

  private Thread start(Runnable work) {
    Thread thread = new Thread(() -> {
      try {
        work.run();
      } catch (Throwable e) {
        report(e.toString());
      }
    });
    thread.start();
    return thread;
  }

  private void write(Random random) {
    RoomId room = room(random.nextInt(ROOMS));
    UserId actor = user(random.nextInt(USERS));
    UserId subject = user(random.nextInt(USERS));
    switch (random.nextInt(24)) {
      case 0, 1, 2 -> append(world.member(room, actor, actor, "join"));
      case 3 -> append(world.member(room, actor, actor, "leave"));
      case 4 -> append(world.member(room, actor, subject, "leave"));
      case 5 -> append(world.member(room, actor, subject, "invite"));
      case 6 -> append(world.member(room, actor, subject, "ban"));
      case 7, 8, 9 -> appendSecret(state(room, actor, "key" + random.nextInt(3)));
      case 10 -> append(visibility(room, actor, random));
      case 11, 12, 13 -> redact(room, actor);
      case 14 -> backfill(room, actor, random);
      case 15 -> store.purge(Math.max(0, store.watermark() - 30 - random.nextInt(60)));
      case 16 -> settings.setIgnored(actor, random.nextBoolean() ? Set.of() : Set.of(subject));
      case 17 -> {
        if (random.nextInt(20) == 0) {
          settings.erase(actor);
        } else {
          settings.forget(actor, room);
        }
      }
      default -> appendSecret(secret(room, actor, "m.room.message", ""));
    }
  }

  private RoomEvent state(RoomId room, UserId actor, String key) {
    return secret(room, actor, "m.state", "\"state_key\":\"" + key + "\",");
  }

  /** Returns an event whose content nobody may see after it is redacted. */
  private RoomEvent secret(RoomId room, UserId actor, String type, String more) {
    RoomEvent event = world.event(room, actor, type, more, "{}");
    String json = event.json().toString();
    String content = "\"content\":{\"secret\":\"" + event.id() + "\"}";
    return RoomEvents.parse(RawJson.of(json.replace("\"content\":{}", content)), World.NOW);
  }

  private RoomEvent visibility(RoomId room, UserId actor, Random random) {
    String visibility = VISIBILITIES[random.nextInt(VISIBILITIES.length)];
    return world.event(
        room,
        actor,
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"" + visibility + "\"}");
  }

  private void redact(RoomId room, UserId actor) {
    EventId target = secrets.poll();
    if (target != null) {
      RoomId of = store.events(List.of(target)).values().stream()
          .map(stored -> stored.event().room())
          .findFirst()
          .orElse(room);
      append(world.redaction(of, actor, target));
      redacted.add(target);
    }
  }

  private void backfill(RoomId room, UserId actor, Random random) {
    String depth = "\"depth\":" + (1 + random.nextInt(80)) + ",";
    RoomEvent event = secret(room, actor, "m.room.message", depth);
    int visibility = random.nextInt(5);
    store.append(List.of(Append.backfill(
        event,
        visibility == 4 ? Optional.empty() : Optional.of(HistoryVisibility.values()[visibility]))));
    ids.add(event.id());
  }

  /** Appends an event that may be redacted from then on; not before, because a redaction must be of the same room. */
  private void appendSecret(RoomEvent event) {
    append(event);
    secrets.add(event.id());
  }

  private void append(RoomEvent event) {
    world.append(event);
    ids.add(event.id());
  }

  /** Makes a random request, and checks that nothing in the answer was redacted before. */
  private void ask(Random random) {
    List<EventId> gone = List.copyOf(redacted);
    UserId user = user(random.nextInt(USERS));
    EventForm form = EventForm.values()[random.nextInt(EventForm.values().length)];
    int limit = new int[] {0, 3, 20}[random.nextInt(3)];
    String answer = switch (random.nextInt(3)) {
      case 0 -> cached.initialSync(user, limit, form);
      case 1 -> cached.roomInitialSync(user, room(random.nextInt(ROOMS)), limit, form);
      default -> cached.messages(user, room(random.nextInt(ROOMS)), 10);
    };
    for (EventId id : gone) {
      if (answer.contains("\"secret\":\"" + id + "\"")) {
        report(user + " was shown " + id + ", which had been redacted");
      }
    }
  }

  private void compare() {
    try (SyncEngine plain = SyncEngine.builder(store)
        .settings(settings)
        .clock(() -> World.NOW)
        .cacheBytes(0)
        .build()) {
      Answers expected = new Answers(plain);
      for (int u = 0; u < USERS; u++) {
        UserId user = user(u);
        for (EventForm form : EventForm.values()) {
          for (int limit : new int[] {0, 3, 20}) {
            same(
                user + " initialSync " + limit,
                cached.initialSync(user, limit, form),
                expected.initialSync(user, limit, form));
          }
          for (int r = 0; r < ROOMS; r++) {
            same(
                user + " roomInitialSync " + room(r),
                cached.roomInitialSync(user, room(r), 20, form),
                expected.roomInitialSync(user, room(r), 20, form));
          }
        }
        for (EventId id : ids) {
          same(
              user + " event " + id,
              cached.event(user, id, EventForm.V1),
              expected.event(user, id, EventForm.V1));
        }
      }
    }
  }

  private void same(String what, String got, String expected) {
    if (!got.equals(expected)) {
      report(what + "\n  got      " + got + "\n  expected " + expected);
    }
  }

  private synchronized void report(String what) {
    problems.add("seed " + seed + ": " + what);
  }

  private Random random(int burst, int thread) {
    return new Random((seed * BURSTS + burst) * 1_000 + thread);
  }

  private static UserId user(int number) {
    return World.user("u" + number);
  }

  private static RoomId room(int number) {
    return World.room("r" + number);
  }
}
