package io.github.matrixsync.benchmarks.http;

import io.github.matrixsync.benchmarks.http.client.Api;
import io.github.matrixsync.benchmarks.http.client.Bytes;
import io.github.matrixsync.benchmarks.http.client.Client;
import io.github.matrixsync.benchmarks.http.client.Connection;
import io.github.matrixsync.benchmarks.http.client.Loop;
import io.github.matrixsync.benchmarks.http.client.People;
import io.github.matrixsync.benchmarks.http.client.Pollers;
import io.github.matrixsync.benchmarks.http.client.Quiet;
import io.github.matrixsync.benchmarks.http.client.Reply;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How many events a second are delivered to 50 streams?
 *
 * <p>Data: one room of 50 members, who all poll, each on a connection of their own; eight of them send 10,000 numbered
 * messages over eight further connections, each as soon as the one before is answered. The figure counts from the first
 * send until every stream has every message; a lost or repeated message fails the run.
 *
 * <pre>
 * java -jar sync-benchmarks/target/benchmarks.jar http --server examples/homeserver/target/homeserver.jar \
 *     --only delivery
 * </pre>
 */
final class Delivery implements Load {
  private static final int STREAMS = 50;
  private static final int SENDERS = 8;
  private static final int MESSAGES = 10_000;
  private static final String MARK = "number ";
  private static final byte[] NUMBER = Bytes.of("\"body\":\"" + MARK);

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public List<Row> rows(Client client, Server server, Size size) throws Exception {
    People people = People.register(client, "delivery", size.of(4, STREAMS, STREAMS));
    List<String> room = people.createRooms(1);
    people.join(room);
    rate(people, room.get(0), "warm", size.of(10, 1_000, 3_000));
    int messages = size.of(20, MESSAGES / 5, MESSAGES);
    double rate = rate(people, room.get(0), "timed", messages);
    int streams = people.tokens().size();
    String question =
        String.format("events delivered to %d streams, %,d messages", streams, messages);
    return List.of(Row.of(question, Amount.perSecond(rate)).atLeast(Amount.perSecond(40_000)));
  }

  private static double rate(People people, String room, String run, int messages) {
    Run delivery = new Run(people, room, run, messages);
    Quiet quiet = new Quiet();
    Pollers pollers = Pollers.start(Api.V1, people, people.tokens().size(), (stream, reply) -> {
      quiet.disturb();
      delivery.take(stream, reply);
    });
    quiet.await();
    long start = System.nanoTime();
    delivery.send();
    people.client().loop().await(delivery.complete);
    double nanos = System.nanoTime() - start;
    pollers.stop();
    return messages * 1e9 * people.tokens().size() / nanos;
  }

  /** The messages of one run. Confined to the loop's thread. */
  private static final class Run {
    private final CompletableFuture<Boolean> complete = new CompletableFuture<>();
    private final People people;
    private final String room;
    private final String run;
    private final int messages;
    private final BitSet[] got;
    private int missing;
    private int sent;

    Run(People people, String room, String run, int messages) {
      this.people = people;
      this.room = room;
      this.run = run;
      this.messages = messages;
      int streams = people.tokens().size();
      missing = messages * streams;
      got = new BitSet[streams];
      java.util.Arrays.setAll(got, stream -> new BitSet(messages));
    }

    void send() {
      Loop loop = people.client().loop();
      int senders = Math.min(SENDERS, people.tokens().size());
      List<Connection> connections = loop.connect(senders);
      loop.call(() -> {
        for (int sender = 0; sender < senders; sender++) {
          next(connections.get(sender), sender);
        }
      });
    }

    private void next(Connection connection, int sender) {
      if (sent == messages) {
        return;
      }
      int number = sent++;
      try {
        connection.send(people.say(sender, room, run + number, MARK + number), (free, reply) -> {
          reply.ok();
          next(free, sender);
        });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void take(int stream, Reply reply) {
      byte[] body = reply.ok();
      for (int at = Bytes.indexAfter(body, NUMBER, 0);
          at >= 0;
          at = Bytes.indexAfter(body, NUMBER, at)) {
        int number = Bytes.number(body, at);
        Expect.that(!got[stream].get(number), "message " + number + " came twice");
        got[stream].set(number);
        missing--;
      }
      if (missing == 0) {
        complete.complete(true);
      }
    }
  }
}
