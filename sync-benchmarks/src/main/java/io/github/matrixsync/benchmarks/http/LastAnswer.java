package io.github.matrixsync.benchmarks.http;

import io.github.matrixsync.benchmarks.http.client.Api;
import io.github.matrixsync.benchmarks.http.client.Bytes;
import io.github.matrixsync.benchmarks.http.client.Client;
import io.github.matrixsync.benchmarks.http.client.People;
import io.github.matrixsync.benchmarks.http.client.Pollers;
import io.github.matrixsync.benchmarks.http.client.Quiet;
import io.github.matrixsync.benchmarks.http.client.Reply;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How long after a send is the last of 1,000 parked members answered?
 *
 * <p>Data: one room of 1,000 members, who all poll, each on a connection of their own, with presence; one of them sends
 * a message. The figure is the time from before the request is written until the last answer is read; the median of 21
 * messages, with half a second without answers between them. Every answer must hold the message.
 *
 * <pre>
 * java -jar sync-benchmarks/target/benchmarks.jar http --server examples/homeserver/target/homeserver.jar \
 *     --only last-answer
 * </pre>
 */
final class LastAnswer implements Load {
  private static final int MEMBERS = 1_000;

  private final Api api;

  LastAnswer(Api api) {
    this.api = api;
  }

  @Override
  public String name() {
    return "last-answer";
  }

  @Override
  public List<Row> rows(Client client, Server server, Size size) throws Exception {
    int members = size.of(10, MEMBERS, MEMBERS);
    People people = People.register(client, api.users("member"), members);
    List<String> room = people.createRooms(1);
    people.join(room);
    Round round = new Round(members);
    Pollers.start(api, people, members, (member, reply) -> round.take(reply));
    double[] millis = new double[size.of(2, 9, 21)];
    for (int i = -millis.length / 2; i < millis.length; i++) {
      round.quiet.await();
      millis[Math.max(0, i)] = round.send(people, room.get(0), "round " + i) / 1e6;
    }
    String question =
        String.format("%s%,d parked members: last answered after the send", api.title(), members);
    return List.of(
        Row.of(question, Amount.millis(Interleaved.median(millis))).atMost(Amount.millis(25)));
  }

  /** One message, and the polls that still wait for it. */
  private static final class Round {
    private final Quiet quiet = new Quiet();
    private final int members;
    private volatile byte[] awaited = {};
    private volatile CompletableFuture<Long> last = new CompletableFuture<>();
    private int answered; // by the loop's thread

    Round(int members) {
      this.members = members;
    }

    long send(People people, String room, String text) {
      awaited = Bytes.of("\"body\":\"" + text + "\"");
      last = new CompletableFuture<>();
      String transaction = Client.segment(text);
      long start = System.nanoTime();
      people.client().ask(people.say(0, room, transaction, text));
      people.client().loop().await(last);
      return last.join() - start;
    }

    void take(Reply reply) {
      quiet.disturb();
      byte[] wanted = awaited;
      if (wanted.length > 0 && Bytes.indexAfter(reply.ok(), wanted, 0) >= 0) {
        answered++;
        Expect.that(answered <= members, "more answers than members");
        if (answered == members) {
          answered = 0;
          last.complete(System.nanoTime());
        }
      }
    }
  }
}
