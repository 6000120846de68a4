package io.github.matrixsync.examples.adapters.contract;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine on the memory store, with two users in one room. Thread-safe. */
final class ExampleHost implements AutoCloseable {
  static final UserId ALICE = UserId.parse("@alice:example.org");
  static final UserId BOB = UserId.parse("@bob:example.org");
  static final String ALICES_TOKEN = "secret-of-alice";
  static final String BOBS_TOKEN = "secret-of-bob";

  /** A token that cannot be checked. */
  static final String BROKEN_TOKEN = "secret-of-nobody";

  /** The id of an event of the room, which needs escapes in a path. */
  static final String EVENT = "$a/b+c:example.org";

  private static final Map<String, UserId> USERS = Map.of(ALICES_TOKEN, ALICE, BOBS_TOKEN, BOB);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int POLLS_PER_USER = 10_000;

  private final MemoryEventStore store = MemoryEventStore.create();
  private final Map<UserId, AtomicInteger> polls = new ConcurrentHashMap<>();
  private final Set<Duration> waits = ConcurrentHashMap.newKeySet();
  private final Set<UserId> pollers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger messages = new AtomicInteger();
  final SyncEngine engine;
  final AccessTokens tokens = ExampleHost::user;

  private static Optional<UserId> user(String token) {
    if (token.equals(BROKEN_TOKEN)) {
      throw new IllegalStateException("the store of " + token + " is down");
    }
    return Optional.ofNullable(USERS.get(token));
  }

  ExampleHost() {
    append("m.room.member", EVENT, ALICE, ALICE.value());
    append("m.room.member", "$2:example.org", BOB, BOB.value());
    engine = SyncEngine.builder(store)
        .observer(new Observer())
        .polls(PollSettings.DEFAULT.withPerUser(POLLS_PER_USER))
        .build();
  }

  /** Counts the polls of each user. */
  private final class Observer implements PollObserver {
    @Override
    public void pollBegan(UserId user) {
      pollers.add(user);
      polls.computeIfAbsent(user, one -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void pollEnded(UserId user) {
      polls.computeIfAbsent(user, one -> new AtomicInteger()).decrementAndGet();
    }
  }

  /** Returns the engine's API, which records how long callers want to wait: see {@link #longestWait}. */
  SyncApi calls() {
    return (SyncApi) Proxy.newProxyInstance(
        SyncApi.class.getClassLoader(),
        new Class<?>[] {SyncApi.class},
        (proxy, call, arguments) -> {
          if (call.getName().equals("stream")) {
            Arrays.stream(arguments)
                .filter(Duration.class::isInstance)
                .forEach(wait -> waits.add((Duration) wait));
          }
          try {
            return call.invoke(engine, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  /** Returns the longest wait that was asked of the engine. */
  Duration longestWait() {
    return waits.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** Returns the users who have polled since {@link #forgetPollers} was called last. */
  Set<UserId> pollers() {
    return Set.copyOf(pollers);
  }

  /** Empties the set of {@link #pollers}. */
  void forgetPollers() {
    pollers.clear();
  }

  /** Returns how many polls of a user wait. */
  int polls(UserId user) {
    AtomicInteger count = polls.get(user);
    return count == null ? 0 : count.get();
  }

  /** Appends a message of Alice, and returns its id. */
  String say() {
    String id = "$m" + messages.incrementAndGet() + ":example.org";
    append("m.room.message", id, ALICE, null);
    return id;
  }

  private void append(String type, String id, UserId sender, @Nullable String stateKey) {
    String state = stateKey == null ? "" : "\"state_key\": \"" + stateKey + "\",";
    RoomEvent event =
        RoomEvents.parse(RawJson.of("""
        {"event_id": "%s", "room_id": "!r:example.org", "type": "%s", "sender": "%s", %s
         "origin_server_ts": 1443000000000,
         "content": {"membership": "join", "msgtype": "m.text", "body": "hello"}}
        """.formatted(id, type, sender, state)), Instant.now());
    store.append(List.of(Append.live(event)));
  }

  /** Waits until exactly so many polls are parked. */
  void awaitParked(int count) {
    await(
        () -> engine.parked() == count, () -> engine.parked() + " polls are parked, not " + count);
  }

  /** Waits up to half a minute for a condition, which usually holds within milliseconds. */
  static void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
