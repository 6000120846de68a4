package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.net.URI;
import java.util.Map;

/**
 * A request to an application service, which can be sent again. Immutable.
 *
 * @param url its address, with the token in the query
 */
record Push(String method, String url, Map<String, String> headers, RawJson body) {
  /** Returns whether it is a transaction: queries and pings are answered while somebody waits for them. */
  boolean isTransaction() {
    return method.equals("PUT");
  }

  /** Returns the request as the story names it, such as {@code transaction 1000001}, without the token. */
  String name() {
    String path = URI.create(url).getPath();
    return isTransaction()
        ? "transaction " + path.substring(path.lastIndexOf('/') + 1)
        : method + " " + path;
  }

  /** Returns what is in a transaction, such as {@code  with 2 events}; an empty text for another request. */
  String contents() {
    if (!isTransaction()) {
      return "";
    }
    ObjectNode tree;
    try {
      tree = Json.body(body.toByteArray()).tree();
    } catch (ApiError e) {
      throw new IllegalStateException("a transaction is JSON", e);
    }
    int ephemeral = tree.path("ephemeral").size();
    return " with " + count(tree.path("events").size())
        + (ephemeral == 0 ? "" : ", " + ephemeral + " ephemeral");
  }

  private static String count(int events) {
    return events == 1 ? "1 event" : events + " events";
  }

  @Override
  public String toString() {
    return name();
  }
}
