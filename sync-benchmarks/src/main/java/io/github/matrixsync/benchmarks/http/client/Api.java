package io.github.matrixsync.benchmarks.http.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The two APIs by which clients get new events. */
public enum Api {
  /** {@code /initialSync} and {@code /events}. */
  V1("", "end") {
    @Override
    public byte[] first(Client client, String token, int messages) {
      return client.get("/initialSync?limit=" + messages, token);
    }

    @Override
    byte[] poll(Client client, String token, String from) {
      return client.get("/events?timeout=100000&from=" + from, token);
    }
  },

  /** {@code /sync}. */
  SYNC("/sync, ", "next_batch") {
    @Override
    public byte[] first(Client client, String token, int messages) {
      String filter = "{\"room\":{\"timeline\":{\"limit\":" + messages + "}}}";
      return client.getV3(
          "/sync?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8), token);
    }

    @Override
    byte[] poll(Client client, String token, String from) {
      return client.getV3("/sync?timeout=100000&since=" + from, token);
    }
  };

  private final String title;
  private final String end;

  Api(String title, String end) {
    this.title = title;
    this.end = end;
  }

  /** Returns the prefix of benchmark names for this API; empty for v1. */
  public String title() {
    return title;
  }

  /** Returns a prefix of user names that loads of the other API do not use. */
  public String users(String name) {
    return name + "-" + end + "-";
  }

  /** Returns the request without a token: all rooms, with up to {@code messages} messages each, at least one. */
  public abstract byte[] first(Client client, String token, int messages);

  /** Returns the request that waits for what is new after a token. */
  abstract byte[] poll(Client client, String token, String from);

  /** Returns the token at which an answer ends. */
  String end(Reply reply) {
    return reply.string(end);
  }
}
