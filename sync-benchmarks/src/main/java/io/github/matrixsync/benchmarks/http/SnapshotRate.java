package io.github.matrixsync.benchmarks.http;

import io.github.matrixsync.benchmarks.http.client.Api;
import io.github.matrixsync.benchmarks.http.client.Bytes;
import io.github.matrixsync.benchmarks.http.client.Client;
import io.github.matrixsync.benchmarks.http.client.People;
import io.github.matrixsync.benchmarks.http.client.RepeatedGets;
import io.github.matrixsync.benchmarks.http.client.Reply;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import java.util.ArrayList;
import java.util.List;

/**
 * How many snapshots a second do eight users get?
 *
 * <p>Data: 200 rooms with eight members, 14 other state entries and 30 messages each, of which 20 are requested: about
 * 2.5 MB of body. Eight clients, one per user, each repeating the request as soon as it is answered, for ten seconds
 * after five. Every body must be complete: its length must not fall, and the first one must
 * have all messages.
 *
 * <pre>
 * java -jar sync-benchmarks/target/benchmarks.jar http --server examples/homeserver/target/homeserver.jar \
 *     --only snapshots
 * </pre>
 */
final class SnapshotRate implements Load {
  private static final int USERS = 8;
  private static final int ROOMS = 200;
  private static final int STATES = 14;
  private static final int MESSAGES = 30;
  private static final int LIMIT = 20;
  private static final byte[] MESSAGE = Bytes.of("\"type\":\"m.room.message\"");
  private static final String TEXT =
      "It was a bright cold day in November, and the clocks were striking thirteen.";

  private final Api api;

  SnapshotRate(Api api) {
    this.api = api;
  }

  @Override
  public String name() {
    return "snapshots";
  }

  @Override
  public List<Row> rows(Client client, Server server, Size size) throws Exception {
    People people = People.register(client, api.users("reader"), USERS);
    List<String> rooms = people.createRooms(size.of(3, ROOMS, ROOMS));
    people.join(rooms);
    talk(people, rooms);
    List<byte[]> requests =
        people.tokens().stream().map(token -> api.first(client, token, LIMIT)).toList();
    Reply first = client.ask(requests.get(0));
    int messages = LIMIT * rooms.size();
    Expect.same(messages, Bytes.count(first.ok(), MESSAGE), "messages of a snapshot");
    double rate = RepeatedGets.perSecond(
        client,
        USERS,
        size.of(100, 4_000, 10_000),
        requests::get,
        reply ->
            Expect.that(reply.ok().length >= first.body().length - messages, "a body that is cut"));
    String question = String.format(
        "%ssnapshots of %d rooms (%s) by 8 users",
        api.title(), rooms.size(), Amount.bytes(first.body().length));
    return List.of(Row.of(question, Amount.perSecond(rate)).atLeast(Amount.perSecond(170)));
  }

  private static void talk(People people, List<String> rooms) {
    Client client = people.client();
    for (String room : rooms) {
      List<byte[]> states = new ArrayList<>();
      for (int i = 0; i < STATES; i++) {
        states.add(client.put(
            "/rooms/" + Client.segment(room) + "/state/org.example.state/key" + i,
            people.tokens().get(0),
            "{\"value\":\"" + TEXT + "\"}"));
      }
      client.askAll(states);
      List<byte[]> messages = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        messages.add(people.say(i % USERS, room, "talk" + i, TEXT));
      }
      client.askAll(messages);
    }
  }
}
