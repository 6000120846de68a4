package io.github.matrixsync.law;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.client.JsonClient;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.world.LateStore;
import io.github.matrixsync.world.ManualScheduler;
import io.github.matrixsync.world.SteppedExecutor;
import io.github.matrixsync.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of a random host with clients that use the JSON of the edge only. Per room and user, a later snapshot must
 * follow from an earlier one and the stream between, while events are appended.
 *
 * <p>The run is either on one thread, and repeatable by its seed: the host writes between any two reads of the engine,
 * so an answer whose reads are as of different positions is inconsistent. Or writers and clients have a thread each,
 * and the store commits late and out of order.
 */
final class SnapshotLaw {
  /** The result of a run. */
  record Result(List<String> problems, long events, JsonClient.Counts counts) {}

  private static final int CLIENTS_PER_USER = 2;

  /** The forms of the calls of v1, whose events name their room. */
  private static final EventForm[] V1_FORMS = Stream.of(EventForm.values())
      .filter(form -> form != EventForm.SYNC && form != EventForm.FEDERATION)
      .toArray(EventForm[]::new);

  private static final int WRITERS = 3;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final long seed;
  private final int writes;
  private final Random random;
  private final List<JsonClient> clients = new ArrayList<>();
  private final List<String> problems = new ArrayList<>(); // guarded by this

  SnapshotLaw(long seed, int writes) {
    this.seed = seed;
    this.writes = writes;
    this.random = new Random(seed);
  }

  /**
   * Runs on one thread.
   *
   * @param store wraps the store as the engine reads it
   */
  Result stepByStep(UnaryOperator<EventStore> store) {
    MemoryEventStore stored = MemoryEventStore.create();
    Steps steps = new Steps(new SnapshotWorld(stored, random));
    SyncEngine engine = steps.engine(store.apply(stored));
    Function<CompletableFuture<RestResponse>, RestResponse> await = steps::await;
    while (steps.left > 0) {
      if (clients.size() < CLIENTS_PER_USER * SnapshotWorld.USERS && random.nextInt(9) == 0) {
        add(engine, await, steps.world, random).begin();
      } else if (clients.isEmpty() || random.nextInt(3) == 0) {
        steps.write();
      } else {
        clients.get(random.nextInt(clients.size())).step();
      }
    }
    clients.forEach(JsonClient::finish);
    engine.close();
    return result(steps.world);
  }

  /** Runs on many threads. */
  Result atOnce() throws InterruptedException {
    Random delays = new Random(seed);
    LateStore store = new LateStore(true, () -> {
      synchronized (delays) {
        return delays.nextInt(4) == 0 ? delays.nextInt(400_000) : 0;
      }
    });
    SnapshotWorld world = new SnapshotWorld(store, random);
    SyncEngine engine = builder(store)
        .presence(world.presence)
        .typing(world.typing)
        .receipts(world.receipts)
        .accountData(world.accountData)
        .settings(world.settings)
        .build();
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      Random own = new Random(seed * WRITERS + w);
      writers.add(new Thread(() -> {
        for (int i = 0; i < writes / WRITERS; i++) {
          world.write(own);
        }
      }));
    }
    List<Thread> readers = new ArrayList<>();
    for (int c = 0; c < SnapshotWorld.USERS; c++) {
      JsonClient client = add(engine, SnapshotLaw::awaitAnswer, world, new Random(seed * 31 + c));
      readers.add(new Thread(() -> follow(client, writers)));
    }
    writers.forEach(Thread::start);
    readers.forEach(Thread::start);
    for (Thread reader : readers) {
      reader.join();
    }
    engine.close();
    return result(world);
  }

  private void follow(JsonClient client, List<Thread> writers) {
    try {
      client.begin();
      while (writers.stream().anyMatch(Thread::isAlive)) {
        client.step();
      }
      client.finish();
    } catch (Throwable e) {
      synchronized (this) {
        problems.add("seed " + seed + ": " + e);
      }
    }
  }

  private SyncEngineBuilder builder(EventStore store) {
    return SmallLimits.window(seed % 2 == 0 ? 10_000 : 8, SyncEngine.builder(store))
        .watch(WatchSettings.DEFAULT.withFallbackInterval(Duration.ofHours(1)))
        .polls(PollSettings.DEFAULT.withPresenceHold(Duration.ZERO));
  }

  private JsonClient add(
      SyncEngine engine,
      Function<CompletableFuture<RestResponse>, RestResponse> await,
      SnapshotWorld world,
      Random own) {
    UserId user = SnapshotWorld.user(clients.size() % SnapshotWorld.USERS);
    EventForm form = V1_FORMS[own.nextInt(V1_FORMS.length)];
    RestEdge edge = RestEdge.of(engine);
    Set<UserId> erased = world.settings.erased(SnapshotWorld.users());
    JsonClient client = new JsonClient(
        user.value(),
        ids(world.settings.ignored(user)),
        ids(erased),
        (path, query) -> {
          Map<String, List<String>> parameters = new HashMap<>();
          query.forEach((name, value) -> parameters.put(name, List.of(value)));
          RestRequest request = new RestRequest(path, parameters, user, form);
          return answer(await.apply(edge.get(request).orElseThrow()));
        },
        own);
    clients.add(client);
    return client;
  }

  private static Set<String> ids(Set<UserId> users) {
    return users.stream().map(UserId::value).collect(Collectors.toSet());
  }

  private Result result(SnapshotWorld world) {
    JsonClient.Counts counts = new JsonClient.Counts(0, 0, 0);
    for (JsonClient client : clients) {
      counts = counts.plus(client.counts());
      client.problems().forEach(what -> problems.add("seed " + seed + ", " + what));
    }
    return new Result(List.copyOf(problems), world.appended(), counts);
  }

  private static JsonClient.Answer answer(RestResponse response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new JsonClient.Answer(response.status(), JsonTree.object(out.toByteArray()));
  }

  private static RestResponse awaitAnswer(CompletableFuture<RestResponse> answer) {
    try {
      return answer.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /**
   * The run on one thread: while a client waits for an answer, tasks of the engine run in random order, and the host
   * writes.
   */
  private final class Steps {
    private final SnapshotWorld world;
    private final SteppedExecutor executor = new SteppedExecutor(random);
    private final ManualScheduler time = new ManualScheduler();
    private int left = writes;

    Steps(SnapshotWorld world) {
      this.world = world;
    }

    SyncEngine engine(EventStore store) {
      return builder(Between.beforeReads(EventStore.class, store, this::intrude))
          .presence(Between.beforeReads(PresenceStore.class, world.presence, this::intrude))
          .typing(Between.beforeReads(TypingStore.class, world.typing, this::intrude))
          .receipts(Between.beforeReads(ReceiptStore.class, world.receipts, this::intrude))
          .accountData(
              Between.beforeReads(AccountDataStore.class, world.accountData, this::intrude))
          .settings(world.settings)
          .clock(() -> World.NOW.plusNanos(time.nanoTime()))
          .executor(executor)
          .scheduler(time)
          .build();
    }

    void write() {
      if (left > 0) {
        left--;
        world.write(random);
      }
    }

    private void intrude() {
      for (int i = random.nextInt(3); i > 0; i--) {
        write();
      }
    }

    RestResponse await(CompletableFuture<RestResponse> answer) {
      while (!answer.isDone()) {
        if (left > 0 && random.nextInt(4) == 0) {
          write();
        } else if (!executor.step() && left > 0) {
          write();
        } else if (!executor.step()) {
          time.advance(LONG);
        }
      }
      return answer.join();
    }
  }
}
