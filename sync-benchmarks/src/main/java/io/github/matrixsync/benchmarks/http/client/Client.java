package io.github.matrixsync.benchmarks.http.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Builds and sends requests of the client-server API, by default of v1. Thread-safe. */
public final class Client implements AutoCloseable {
  private static final String V1 = "/_matrix/client/api/v1";
  private static final String V3 = "/_matrix/client/v3";
  private static final int CONNECTIONS = 16;

  private final String host;
  private final Loop loop;
  private final List<Connection> setUp;

  /** Opens a few connections to the server at {@code base}. */
  public Client(URI base) throws IOException {
    host = base.getHost() + ":" + base.getPort();
    loop = new Loop(new InetSocketAddress(base.getHost(), base.getPort()));
    setUp = loop.connect(CONNECTIONS);
  }

  /** Returns the loop that reads and writes the connections of this client. */
  public Loop loop() {
    return loop;
  }

  /** Returns the bytes of a GET request. */
  public byte[] get(String path, String token) {
    return request("GET", V1 + path, token, "");
  }

  /** Returns the bytes of a GET request of v3. */
  public byte[] getV3(String path, String token) {
    return request("GET", V3 + path, token, "");
  }

  /** Returns the bytes of a POST request. */
  public byte[] post(String path, String token, String json) {
    return request("POST", V1 + path, token, json);
  }

  /** Returns the bytes of a PUT request. */
  public byte[] put(String path, String token, String json) {
    return request("PUT", V1 + path, token, json);
  }

  /** Returns an id encoded as one segment of a path. */
  public static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  /** Sends a request and waits for its response, whose status must be 200. */
  public Reply ask(byte[] request) {
    return askAll(List.of(request)).get(0);
  }

  /**
   * Sends requests over a few connections, in any order, and returns the responses in the order of the requests. Every
   * status must be 200.
   */
  public List<Reply> askAll(List<byte[]> requests) {
    Reply[] replies = new Reply[requests.size()];
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    if (requests.isEmpty()) {
      return List.of();
    }
    loop.call(() -> {
      Bulk bulk = new Bulk(requests, replies, done);
      for (int i = 0; i < Math.min(setUp.size(), requests.size()); i++) {
        bulk.next(setUp.get(i));
      }
    });
    loop.await(done);
    return new ArrayList<>(Arrays.asList(replies));
  }

  private byte[] request(String method, String path, String token, String json) {
    String separator = path.contains("?") ? "&" : "?";
    String query = token.isEmpty() ? "" : separator + "access_token=" + token;
    byte[] body = Bytes.of(json);
    String head = method + " " + path + query + " HTTP/1.1\r\nHost: " + host + "\r\n"
        + (method.equals("GET")
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n")
        + "\r\n";
    byte[] start = Bytes.of(head);
    byte[] whole = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }

  @Override
  public void close() {
    loop.close();
  }

  /** The requests of one call of {@link Client#askAll}. Confined to the loop's thread. */
  private static final class Bulk {
    private final List<byte[]> requests;
    private final Reply[] replies;
    private final CompletableFuture<Boolean> done;
    private int sent;
    private int answered;

    Bulk(List<byte[]> requests, Reply[] replies, CompletableFuture<Boolean> done) {
      this.requests = requests;
      this.replies = replies;
      this.done = done;
    }

    void next(Connection connection) {
      int number = sent++;
      try {
        connection.send(requests.get(number), (free, reply) -> {
          reply.ok();
          replies[number] = reply;
          if (++answered == replies.length) {
            done.complete(true);
          } else if (sent < replies.length) {
            next(free);
          }
        });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
