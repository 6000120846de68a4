package io.github.matrixsync.benchmarks.http;

import io.github.matrixsync.benchmarks.http.client.Api;
import io.github.matrixsync.benchmarks.http.client.Client;
import io.github.matrixsync.benchmarks.http.client.People;
import io.github.matrixsync.benchmarks.http.client.Pollers;
import io.github.matrixsync.benchmarks.http.client.Quiet;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.io.IOException;
import java.util.List;

/**
 * How much memory of the server does a connection with a parked poll take?
 *
 * <p>Data: one room of 500 members, each of whom polls on two connections, and then on ten more; everything that the
 * server holds per member, or once, is there before the ten. The figure is the difference of the live heap of the
 * server, by its JDK's class histogram, before and after the 5,000 further polls were parked, divided by their number;
 * and, without a target, the same for the resident memory of the process, which grows in larger steps. Measured only
 * for a server that this command has started.
 *
 * <pre>
 * java -jar sync-benchmarks/target/benchmarks.jar http --server examples/homeserver/target/homeserver.jar \
 *     --only connection-memory
 * </pre>
 */
final class ConnectionMemory implements Load {
  private static final int MEMBERS = 500;
  private static final int CONNECTIONS = 5_000;

  @Override
  public String name() {
    return "connection-memory";
  }

  @Override
  public List<Row> rows(Client client, Server server, Size size) throws Exception {
    if (!server.isOurs()) {
      return List.of();
    }
    int connections = size.of(40, CONNECTIONS, CONNECTIONS);
    People people = People.register(client, "parked", size.of(4, MEMBERS, MEMBERS));
    people.join(people.createRooms(1));
    Quiet quiet = new Quiet();
    Pollers.start(Api.V1, people, 2 * people.tokens().size(), (poller, reply) -> quiet.disturb());
    quiet.await();
    long heap = settled(server, quiet);
    long resident = server.resident();
    Pollers.start(Api.V1, people, connections, (poller, reply) -> quiet.disturb());
    quiet.await();
    double heapEach = (double) (settled(server, quiet) - heap) / connections;
    double residentEach = (double) (server.resident() - resident) / connections;
    String question = String.format("memory per parked connection of %,d: live heap", connections);
    return List.of(
        Row.of(question, Amount.bytes(heapEach)).atMost(Amount.bytes(6 << 10)),
        Row.of("the same: growth of the process", Amount.bytes(residentEach)).untargeted());
  }

  /** Returns the live heap. Waits for quiet twice, because the first collections may have delayed answers. */
  private static long settled(Server server, Quiet quiet) throws IOException {
    server.heap();
    quiet.await();
    return server.heap();
  }
}
