package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.FormulaStore;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.store.model.Append;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * How long does it take from an append until 10,000 parked polls of the room's members have their response bodies?
 *
 * <p>Data: 10,000 users in one room, all polling at the REST edge after the same token; one message to the room, and a
 * window for one event. The figure is the time from the append's return until the last body is in a buffer of its own;
 * every body is checked. Floor: as many bare futures completed on the same executor, each followed by a copy of an
 * encoded body into a buffer of its own. Shown beside it, without a target: the same without the help of the window, by
 * two messages at once, which are more than it holds.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only wake-room</pre>
 */
public final class WakeRoom implements Question {
  private static final int MEMBERS = 10_000;

  @Override
  public String name() {
    return "wake-room";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int members = size.of(100, MEMBERS, MEMBERS);
    String question = String.format(
        "%,d parked members, one message: append returns → last answer encoded", members);
    String windowless = String.format(
        "the same, two messages and a window of one: each of %,d reads the store", members);
    return List.of(
        Row.of(question, wake(members, 1, size)).atMostTimesFloor(5),
        Row.of(windowless, wake(members, 2, size)).untargeted());
  }

  /** Measures with {@code messages} in one append, and a window for one event. */
  private static Interleaved wake(int members, int messages, Size size) throws Exception {
    FormulaStore store = new FormulaStore(Population.inLobby(members));
    try (Pool pool = new Pool();
        SyncEngine engine =
            SmallLimits.window(1, SyncEngine.builder(store)).executor(pool).build()) {
      Room room = new Room(Community.of(store), RestEdge.of(engine), pool, members, messages);
      room.wake();
      byte[] body = room.bodies[0];
      byte[][] copies = new byte[members][];
      BareCompletions bare = new BareCompletions(pool, members);
      return Interleaved.of(
          size.of(0, 10, 10),
          size.of(1, 15, 31),
          room::wake,
          () -> bare.nanos(body, number -> copies[number] = body.clone()));
    }
  }

  private static final class Room {
    private final Community community;
    private final RestEdge edge;
    private final Pool pool;
    private final UserId[] users;
    private final byte[][] bodies;
    private final int messages;

    Room(Community community, RestEdge edge, Pool pool, int members, int messages) {
      this.community = community;
      this.edge = edge;
      this.pool = pool;
      users = new UserId[members];
      Arrays.setAll(users, Population::user);
      bodies = new byte[members][];
      this.messages = messages;
    }

    long wake() throws InterruptedException {
      CountDownLatch encoded = new CountDownLatch(users.length);
      String from = "s" + community.store().watermark() + "_0_0";
      Map<String, List<String>> query = Map.of("from", List.of(from), "timeout", List.of("100000"));
      for (int i = 0; i < users.length; i++) {
        poll(i, new RestRequest("/events", query, users[i]), encoded);
      }
      pool.awaitQuiet();
      Expect.same(users.length, encoded.getCount(), "parked members");
      List<Append> said = Stream.generate(() -> community.message(Population.LOBBY, users[0]))
          .limit(messages)
          .toList();
      community.store().append(said);
      long start = System.nanoTime();
      Expect.arrival(encoded);
      long taken = System.nanoTime() - start;
      for (Append message : said) {
        check("{\"start\":\"" + from + "\"", message.event().id().value());
      }
      return taken;
    }

    private void poll(int number, RestRequest request, CountDownLatch encoded) {
      CompletableFuture<RestResponse> poll = edge.get(request).orElseThrow();
      CompletableFuture<Void> unused = poll.thenAccept(response -> {
        bodies[number] = Encoded.of(response);
        encoded.countDown();
      });
    }

    private void check(String start, String event) {
      for (byte[] body : bodies) {
        String text = new String(body, StandardCharsets.UTF_8);
        Expect.that(text.startsWith(start) && text.contains(event), "not an answer: " + text);
      }
    }
  }
}
