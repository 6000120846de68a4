package io.github.matrixsync.benchmarks.testkit;

import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.testkit.MatrixWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * What does a world over HTTP cost?
 *
 * <p>Data: a world with a server and one user, who sends one {@code whoami}; made, used and closed. Floor: one request
 * to a server of the JDK alone. Both use one client. As a JVM's first: the first world of a new process, after the
 * floor, so that the JDK's classes are loaded.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only test-servers</pre>
 */
public final class TestServers implements Question {
  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public String name() {
    return "test-servers";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    long firstFloor = bare();
    long first = world();
    Interleaved times =
        Interleaved.of(size.of(0, 50, 200), size.of(1, 50, 300), this::world, this::bare);
    return List.of(
        Row.of(
                "a world with a server, one user, one answer: as a JVM's first",
                Amount.nanos(first),
                Amount.nanos(firstFloor))
            .untargeted(),
        Row.of("the same, warm", times).untargeted());
  }

  private long world() throws Exception {
    long start = System.nanoTime();
    try (MatrixWorld world = MatrixWorld.create()) {
      String token = world.user("alice").accessToken();
      ask(world.server().url() + "/_matrix/client/v3/account/whoami", token);
    }
    return System.nanoTime() - start;
  }

  private long bare() throws Exception {
    long start = System.nanoTime();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();
    try {
      ask("http://127.0.0.1:" + server.getAddress().getPort() + "/", "none");
    } finally {
      server.stop(0);
    }
    return System.nanoTime() - start;
  }

  private void ask(String url, String token) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + token)
        .build();
    Expect.same(200, client.send(request, BodyHandlers.discarding()).statusCode(), "status");
  }
}
