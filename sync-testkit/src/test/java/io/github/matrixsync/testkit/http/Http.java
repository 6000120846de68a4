package io.github.matrixsync.testkit.http;

import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Sends requests to the server of a world with one access token. */
final class Http {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** An answer with its status and its JSON. */
  record Reply(int status, JsonNode json) {
    static Reply of(HttpResponse<String> response) {
      byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
      return new Reply(response.statusCode(), Json.body(body).tree());
    }

    String errcode() {
      return json.path("errcode").asString("");
    }
  }

  private final WorldServer server;
  private final String token;

  Http(WorldServer server, String token) {
    this.server = server;
    this.token = token;
  }

  Reply get(String path) throws Exception {
    return send(request(path));
  }

  Reply put(String path, String body) throws Exception {
    return send(request(path).PUT(BodyPublishers.ofString(body)));
  }

  Reply post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  /** Returns the status of an answer, whose body may be any JSON. */
  int status(String path) throws Exception {
    return CLIENT.send(request(path).build(), BodyHandlers.discarding()).statusCode();
  }

  /** Sends a request that is answered later. */
  CompletableFuture<Reply> later(String path) {
    return CLIENT.sendAsync(request(path).build(), BodyHandlers.ofString()).thenApply(Reply::of);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + "/_matrix/client/" + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + token);
  }

  private static Reply send(HttpRequest.Builder request) throws Exception {
    return Reply.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
  }
}
