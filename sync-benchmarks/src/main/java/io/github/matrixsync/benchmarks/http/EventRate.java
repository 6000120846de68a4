package io.github.matrixsync.benchmarks.http;

import io.github.matrixsync.benchmarks.http.client.Bytes;
import io.github.matrixsync.benchmarks.http.client.Client;
import io.github.matrixsync.benchmarks.http.client.People;
import io.github.matrixsync.benchmarks.http.client.RepeatedGets;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How many single events a second do eight clients get?
 *
 * <p>Data: a room of 1,000 messages; eight clients of one user, each requesting a random one as soon as it is answered,
 * for six seconds after three.
 *
 * <pre>
 * java -jar sync-benchmarks/target/benchmarks.jar http --server examples/homeserver/target/homeserver.jar \
 *     --only get-event
 * </pre>
 */
final class EventRate implements Load {
  private static final int CLIENTS = 8;
  private static final int MESSAGES = 1_000;
  private static final byte[] MESSAGE = Bytes.of("m.room.message");

  @Override
  public String name() {
    return "get-event";
  }

  @Override
  public List<Row> rows(Client client, Server server, Size size) throws Exception {
    People people = People.register(client, "single", 1);
    String room = people.createRooms(1).get(0);
    List<byte[]> sends = new ArrayList<>();
    for (int i = 0; i < size.of(10, MESSAGES, MESSAGES); i++) {
      sends.add(people.say(0, room, "event" + i, "number " + i));
    }
    List<byte[]> requests = client.askAll(sends).stream()
        .map(reply -> "/events/" + Client.segment(reply.string("event_id")))
        .map(path -> client.get(path, people.tokens().get(0)))
        .toList();
    SplittableRandom random = new SplittableRandom(1);
    double rate = RepeatedGets.perSecond(
        client,
        CLIENTS,
        size.of(100, 2_000, 6_000),
        number -> requests.get(random.nextInt(requests.size())),
        reply -> Expect.that(Bytes.indexAfter(reply.ok(), MESSAGE, 0) > 0, "not an event"));
    return List.of(
        Row.of("getEvent by 8 clients", Amount.perSecond(rate)).atLeast(Amount.perSecond(20_000)));
  }
}
