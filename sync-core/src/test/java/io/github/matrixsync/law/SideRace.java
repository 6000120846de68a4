package io.github.matrixsync.law;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One run of writers of presence, typing, receipts, account data and room events against readers, users and an
 * application service, who chain polls that never time out, on the engine's own threads and without its fallback look.
 * After each burst of writes every reader must get what the stores hold; a lost wake-up shows as a reader that never
 * does.
 */
final class SideRace {
  private static final int USERS = 5;
  private static final int WRITERS = 3;
  private static final int BURSTS = 10;
  private static final RoomId ROOM = World.room("r");
  private static final Duration FOREVER = Duration.ofHours(1);
  private static final PresenceState[] STATES = {PresenceState.ONLINE, PresenceState.UNAVAILABLE};

  private final long seed;
  private final Host host = new Host();
  private final SyncEngine engine;
  private final List<String> problems = new ArrayList<>(); // guarded by this

  SideRace(long seed) {
    this.seed = seed;
    host.room(ROOM, user(0), user(1), user(2), user(3), user(4));
    engine = SyncEngine.builder(host.events)
        .presence(host.presence)
        .typing(host.typing)
        .receipts(host.receipts)
        .accountData(host.accountData)
        .polls(PollSettings.DEFAULT.withPresenceHold(Duration.ofMillis(seed % 3)))
        .watch(WatchSettings.DEFAULT.withFallbackInterval(FOREVER))
        .build();
  }

  /** Returns the failures. */
  List<String> run() throws InterruptedException {
    List<Reading> readings = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      readings.add(new Reading(user(u), StreamOptions.DEFAULT));
    }
    ServiceOracle service =
        new ServiceOracle(World.user("bot"), Set.of(user(0)), Set.of(), Set.of());
    readings.add(new Reading(service.sender(), service.options()));
    readings.forEach(Reading::next);
    for (int burst = 0; burst < BURSTS && problems.isEmpty(); burst++) {
      writeBurst(burst);
      readings.forEach(Reading::expectTruth);
      readings.forEach(Reading::check);
    }
    engine.close();
    return problems;
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
    for (int i = 0; i < 10; i++) {
      UserId user = user(random.nextInt(USERS));
      switch (random.nextInt(6)) {
        case 0 -> host.presence(user, STATES[random.nextInt(STATES.length)]);
        case 1 -> host.typing.start(ROOM, user, java.time.Instant.MAX);
        case 2 -> host.typing.stop(ROOM, user);
        case 3 -> host.reads(ROOM, user, "e" + random.nextInt(9));
        case 4 -> host.keeps(user, null, "x", "{\"v\":" + random.nextInt(99) + "}");
        default -> {
          RoomEvent message = host.world.message(ROOM, user);
          host.world.append(message);
        }
      }
    }
  }

  private Map<String, String> truth(UserId user) {
    Map<String, String> truth = new TreeMap<>();
    List<UserId> all = List.of(user(0), user(1), user(2), user(3), user(4));
    host.presence
        .current(all)
        .forEach(one -> truth.put("presence " + one.user(), one.state().value()));
    host.typing
        .current(List.of(ROOM))
        .forEach(one -> truth.put(
            "typing",
            "{\"user_ids\":["
                + String.join(
                    ",",
                    one.users().stream().map(typist -> "\"" + typist + "\"").toList())
                + "]}"));
    host.receipts
        .current(List.of(ROOM))
        .forEach(
            one -> truth.put("receipt " + ROOM + " " + one.user(), one.event().value()));
    host.accountData
        .current(List.of(user))
        .forEach(one -> truth.put("data " + one.type(), one.content().toString()));
    return truth;
  }

  private synchronized void report(String what) {
    problems.add("seed " + seed + ": " + what);
  }

  private static UserId user(int number) {
    return World.user("u" + number);
  }

  /** One user's chain of polls. */
  private final class Reading {
    private final UserId user;
    private final StreamOptions options;
    private final SideClient client = new SideClient(); // guarded by this
    private volatile CompletableFuture<Void> complete = new CompletableFuture<>();
    private StreamToken from = StreamToken.of(0, 0, 0, 0, 0);
    private @Nullable Map<String, String> expected; // guarded by this

    Reading(UserId user, StreamOptions options) {
      this.user = user;
      this.options = options;
    }

    void next() {
      engine.stream(user, from, FOREVER, options).whenCompleteAsync(this::take);
    }

    synchronized void expectTruth() {
      expected = truth(user);
      complete = new CompletableFuture<>();
      compare();
    }

    void check() {
      try {
        complete.get(10, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        report(user + " was left waiting: knows " + known() + ", there is " + truth(user));
      } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
        report(user + " failed: " + e);
      }
    }

    private void take(@Nullable EventBatch batch, @Nullable Throwable failure) {
      if (batch == null) {
        report(user + " failed: " + failure);
        return;
      }
      if (from.isAheadOf(batch.end())
          || (!batch.chunk().isEmpty() && !batch.end().isAheadOf(from))) {
        report(user + " made no progress from " + from + " to " + batch.end());
      }
      synchronized (this) {
        client.take(batch.chunk());
        compare();
      }
      from = batch.end();
      if (!batch.chunk().isEmpty()) {
        next();
      }
    }

    private synchronized void compare() {
      if (expected != null && expected.equals(known())) {
        expected = null;
        complete.complete(null);
      }
    }

    private synchronized Map<String, String> known() {
      Map<String, String> known = new TreeMap<>();
      client.presence.forEach((who, state) -> known.put("presence " + who, state));
      client.typing.forEach((room, users) -> known.put("typing", users));
      client.receipts.forEach((key, event) -> known.put("receipt " + key, event));
      client.accountData.forEach(
          (key, content) -> known.put("data " + key.replace("Optional.empty", ""), content));
      return known;
    }
  }
}
