package io.github.matrixsync.examples.homeserver;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One user's client of a server.
 *
 * @param base the server's address
 * @param user the user's id; empty for nobody
 * @param token the access token
 */
record Client(String base, String user, String token) {
  static final String V1 = "/_matrix/client/api/v1";
  static final String V3 = "/_matrix/client/v3";

  /** Paths outside the APIs of Matrix. */
  private static final Set<String> OWN = Set.of("/health", "/metrics", "/restart");

  static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param type the content type
   * @param text the body
   */
  record Reply(int status, String type, String text) {
    JsonNode json() {
      return MAPPER.readTree(text);
    }

    String errcode() {
      return json().path("errcode").asString("");
    }
  }

  static Client nobody(String base) {
    return new Client(base, "", "");
  }

  /** Returns a new user's client. */
  Client register(String name) {
    Reply reply = nobody(base)
        .post("/register", "{'type':'m.login.password','user':'" + name + "','password':'p'}");
    return new Client(
        base,
        reply.json().path("user_id").asString(),
        reply.json().path("access_token").asString());
  }

  Reply get(String path) {
    return send("GET", path, "");
  }

  Reply post(String path, String body) {
    return send("POST", path, body);
  }

  Reply put(String path, String body) {
    return send("PUT", path, body);
  }

  /** Sends a request; single quotes in the body are replaced by double ones. */
  Reply send(String method, String path, String body) {
    return later(method, path, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .join();
  }

  CompletableFuture<Reply> later(String method, String path, byte[] body) {
    HttpRequest request = HttpRequest.newBuilder(uri(path))
        .method(method, BodyPublishers.ofByteArray(body))
        .timeout(Duration.ofSeconds(60))
        .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Client::reply);
  }

  /** Creates a room and returns its id. */
  String createRoom(String body) {
    return post("/createRoom", body).json().path("room_id").asString();
  }

  /** Returns a path below a room, percent-encoded. */
  static String room(String room, String rest) {
    return "/rooms/" + encode(room) + rest;
  }

  static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private URI uri(String path) {
    boolean isWhole =
        path.startsWith("/_matrix") || path.startsWith("/.well-known") || OWN.contains(path);
    String prefix = isWhole ? "" : V1;
    String query =
        token.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + "access_token=" + token;
    return URI.create(base + prefix + path + query);
  }

  private static Reply reply(HttpResponse<String> response) {
    return new Reply(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }
}
