package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.Leftovers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that clients reset, keep open or use for several requests. */
class SocketsTest extends ServerTest {
  private static final int CLIENTS = 1_000;
  private static final long TIMEOUT_NANOS = 30_000_000_000L;

  @Test
  void poll_socketsReset_leaveNothingParked() throws IOException {
    Client alice = nobody.register("alice");
    String open = Client.encode(
        alice.createRoom(
            "{'initial_state':[{"
                + "'type':'m.room.history_visibility','content':{'history_visibility':'world_readable'}}]}"));
    Client bob = nobody.register("bobs");
    alice.get("/events?timeout=0"); // now they are online, and the next poll parks
    bob.get("/events?timeout=0");
    await(() -> Leftovers.isFree(server.engine()));
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < CLIENTS / 2; i++) {
      sockets.add(connect());
      write(sockets.get(2 * i), request(alice, "/events?timeout=120000"));
      sockets.add(connect());
      write(sockets.get(2 * i + 1), request(bob, "/events?timeout=120000&room_id=" + open));
    }
    await(() -> server.engine().parked() == CLIENTS);
    assertThat(Leftovers.isFree(server.engine())).isFalse();
    for (Socket socket : sockets) {
      socket.setSoLinger(true, 0); // closing sends a reset
      socket.close();
    }
    await(() -> Leftovers.isFree(server.engine()));
    assertThat(server.engine().parked()).isZero();
  }

  @Test
  void requests_pipelined_areAnsweredInOrder() throws IOException {
    Client bob = nobody.register("bob");
    bob.createRoom("{}");
    try (Socket socket = connect()) {
      socket.setSoTimeout(30_000);
      String all = request(bob, "/initialSync?limit=1")
          + request(bob, "/pushrules/")
          + request(bob, "/events?timeout=200")
          + request(bob, "/events?from=bad");
      write(socket, all);
      InputStream in = socket.getInputStream();
      assertThat(readAnswer(in)).contains("\"rooms\"");
      assertThat(readAnswer(in)).contains("\"global\"");
      assertThat(readAnswer(in)).contains("\"chunk\":[");
      assertThat(readAnswer(in)).contains("M_UNKNOWN");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/events?from=%zz",
        "/events?timeout=%",
        "/initialSync?limit=1%2",
        "/initialSync?%zz",
        "/events/%zz",
        "/rooms/%/messages",
        "/rooms/%zz/state",
        "/profile/%f"
      })
  void request_brokenEscape_isRefused(String path) throws IOException {
    Client carol = nobody.register("carol" + path.hashCode());
    try (Socket socket = connect()) {
      socket.setSoTimeout(30_000);
      write(socket, request(carol, path));
      assertThat(readAnswer(socket.getInputStream()))
          .startsWith("HTTP/1.1 400 ")
          .contains("Access-Control-Allow-Origin: *")
          .contains("\"errcode\":\"M_UNKNOWN\"");
    }
  }

  @Test
  void request_thatIsNoHttp_hasABody() throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(30_000);
      write(socket, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(readAnswer(socket.getInputStream())).contains("errcode");
    }
  }

  private Socket connect() throws IOException {
    return new Socket("127.0.0.1", port);
  }

  private static String request(Client client, String path) {
    return "GET " + Client.V1 + path + (path.contains("?") ? "&" : "?") + "access_token="
        + client.token() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nnull";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Reads one answer, head and body, with its length in its head. */
  private static String readAnswer(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      assertThat(next).as("the connection ended in %s", head).isNotNegative();
      head.write(next);
    }
    String length = head.toString(StandardCharsets.US_ASCII)
        .lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
        .findFirst()
        .orElseThrow();
    int bytes = Integer.parseInt(length.substring(length.indexOf(':') + 1).strip());
    return head.toString(StandardCharsets.US_ASCII)
        + new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
