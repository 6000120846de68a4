package io.github.matrixsync.benchmarks.testkit;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Heap;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What does a world of the test kit cost, and what does it leave behind?
 *
 * <p>Data: three users in two rooms, one message in each; made, used and closed. Floor: the same events, appended to an
 * engine and a store while the same users poll. The heap is what 1,000 closed worlds leave; its floor is the heap of
 * one open world. The floor of an hour of world time with 100 users, who poll every 30 s, is as many polls that do not
 * wait.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only test-worlds</pre>
 */
public final class TestWorlds implements Question {
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final Duration HOUR = Duration.ofHours(1);

  @Override
  public String name() {
    return "test-worlds";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    return List.of(madeAndClosed(size), left(size), hour(size));
  }

  private static Row madeAndClosed(Size size) throws Exception {
    List<RoomEvent> events = events();
    Interleaved times = Interleaved.of(
        size.of(0, 200, 1_000),
        size.of(1, 100, 500),
        () -> Interleaved.time(TestWorlds::use),
        () -> Interleaved.time(() -> bare(events)));
    return Row.of("a test's world with 3 users, 2 rooms, 2 messages: made, used, closed", times)
        .atMost(Amount.millis(1.7));
  }

  private static void use() {
    try (MatrixWorld world = MatrixWorld.create()) {
      Expect.same(2, messages(world), "messages");
    }
  }

  /** Acts in a world, and returns how many messages the user who is in both rooms has seen. */
  private static long messages(MatrixWorld world) {
    TestUser alice = world.user("alice");
    TestUser bob = world.user("bob");
    TestUser relay = world.user("relay");
    TestRoom here = alice.creates("here").with(relay);
    TestRoom there = bob.creates("there").with(relay);
    alice.says(here, "hi");
    bob.says(there, "hello");
    return relay.seen().stream()
        .filter(event -> event.type().equals("m.room.message"))
        .count();
  }

  /** Returns the events of a world after {@link #messages}. */
  private static List<RoomEvent> events() {
    List<RoomEvent> events = new ArrayList<>();
    try (MatrixWorld world = MatrixWorld.create()) {
      messages(world);
      TestUser relay = world.user("relay");
      Optional<ClientEvent> event = relay.event(id(1));
      while (event.isPresent()) {
        events.add(RoomEvents.parse(event.get().json(), Instant.EPOCH));
        event = relay.event(id(events.size() + 1));
      }
    }
    Expect.that(events.size() > 10, "events are missing");
    return events;
  }

  private static EventId id(int number) {
    return EventId.parse("$" + number + ":test");
  }

  private static void bare(List<RoomEvent> events) {
    List<UserId> users =
        Stream.of("alice", "bob", "relay").map(TestWorlds::userId).toList();
    try (BareRooms rooms = new BareRooms()) {
      Expect.that(rooms.tell(users, events) >= events.size(), "nobody was told of some events");
    }
  }

  private static UserId userId(String name) {
    return UserId.parse("@" + name + ":test");
  }

  private static Row left(Size size) {
    use();
    int worlds = size.of(2, 100, 1_000);
    long before = Heap.used();
    for (int i = 0; i < worlds; i++) {
      use();
    }
    long left = Math.max(0, Heap.used() - before);
    String what = String.format("heap that %,d closed worlds leave", worlds);
    return Row.of(what, Amount.bytes(left), Amount.bytes(open())).atMostTimesFloor(1);
  }

  private static long open() {
    long before = Heap.used();
    try (MatrixWorld world = MatrixWorld.create()) {
      messages(world);
      return Heap.used() - before;
    }
  }

  private static Row hour(Size size) throws Exception {
    int users = size.of(2, 100, 100);
    int polls = (int) HOUR.dividedBy(POLL);
    List<UserId> ids =
        IntStream.range(0, users).mapToObj(i -> userId("user" + i)).toList();
    Interleaved times = Interleaved.of(
        size.of(0, 5, 20),
        size.of(1, 5, 20),
        () -> listened(users, polls),
        () -> polled(ids, polls));
    String what = String.format("an hour of a world's time, %,d users in polls of 30 s", users);
    return Row.of(what, times).untargeted();
  }

  private static long listened(int users, int polls) {
    try (MatrixWorld world = MatrixWorld.create()) {
      Listener[] listeners = new Listener[users];
      for (int i = 0; i < users; i++) {
        listeners[i] = new Listener(world, world.user("user" + i).id());
        listeners[i].listen(world.engine().initialSync(listeners[i].user, 0).end());
      }
      long nanos = Interleaved.time(() -> world.time().advance(HOUR));
      for (Listener listener : listeners) {
        Expect.same(polls, listener.ended, "polls");
      }
      return nanos;
    }
  }

  private static long polled(List<UserId> users, int polls) {
    try (BareRooms rooms = new BareRooms()) {
      return Interleaved.time(() -> rooms.poll(users, polls));
    }
  }

  private static final class Listener {
    private final MatrixWorld world;
    private final UserId user;
    private int ended;

    Listener(MatrixWorld world, UserId user) {
      this.world = world;
      this.user = user;
    }

    void listen(StreamToken from) {
      CompletableFuture<Void> unused = world.engine().stream(user, from, POLL).thenAccept(batch -> {
        if (!world.engine().isClosed()) {
          ended++;
          listen(batch.end());
        }
      });
    }
  }
}
