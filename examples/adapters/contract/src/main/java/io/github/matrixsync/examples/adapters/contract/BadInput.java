package io.github.matrixsync.examples.adapters.contract;

import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICES_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.V1;

import io.github.matrixsync.examples.adapters.contract.HttpSocket.Answer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Requests that servers understand or refuse in different ways. A server may answer as the edge does, or refuse in its
 * own way: with a status below 500, with 501 or 505, or by closing the connection.
 */
enum BadInput {
  ENCODED_SLASH("`%2F` in a room id", 403, get("/rooms/%21r%2Fx%3Aexample.org/initialSync")),
  SEMICOLON("`;` in the path", 404, get("/events;a=b?timeout=0")),
  DOTS("`..` in the path", 404, get("/rooms/../events?timeout=0")),
  ENCODED_DOTS("`%2e%2e` in the path", 404, get("/rooms/%2e%2e/events?timeout=0")),
  BROKEN_ESCAPE("broken escape in the path", 400, get("/rooms/%zz/messages")),
  BROKEN_QUERY("broken escape in the query", 400, get("/events?timeout=0&x=%zz")),
  LONG_LINE("request line of 20 KiB", 200, get("/events?timeout=0&x=" + "x".repeat(20 << 10))),
  MANY_PARAMETERS("100 parameters", 200, get("/events?timeout=0&" + parameters())),
  LONG_HEADER(
      "header of 64 KiB",
      200,
      get("/events?timeout=0", "X-Long: " + "x".repeat(64 << 10) + "\r\n")),
  OLD_HTTP(
      "HTTP/1.0",
      200,
      "GET " + V1 + "/events?timeout=0&access_token=" + ALICES_TOKEN + " HTTP/1.0\r\n\r\n"),
  NO_HTTP("no HTTP at all", 400, "hello\r\n\r\n"),
  NO_HOST(
      "HTTP/1.1 without `Host`",
      200,
      "GET " + V1 + "/events?timeout=0&access_token=" + ALICES_TOKEN + " HTTP/1.1\r\n\r\n");

  private static final Set<Integer> OWN_REFUSALS = Set.of(501, 505);

  private final String title;
  private final int status;
  private final String request;

  BadInput(String title, int status, String request) {
    this.title = title;
    this.status = status;
    this.request = request;
  }

  private static String parameters() {
    return IntStream.range(0, 100).mapToObj(i -> "p" + i + "=v").collect(Collectors.joining("&"));
  }

  private static String get(String path) {
    return get(path, "");
  }

  private static String get(String path, String headers) {
    return HttpSocket.request(
        "GET", V1 + path, "Authorization: Bearer " + ALICES_TOKEN + "\r\n" + headers, "");
  }

  String request() {
    return request;
  }

  /** Returns whether an answer, or none, is one that a server may give. */
  boolean allows(Optional<Answer> answer) {
    return answer
        .map(Answer::status)
        .map(given ->
            given == status || (given >= 400 && given < 500) || OWN_REFUSALS.contains(given))
        .orElse(true);
  }

  @Override
  public String toString() {
    return title;
  }
}
