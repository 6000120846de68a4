package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Performs the bridge's actions on Matrix over HTTP, as an application service. A request whose answer is lost is sent
 * once more, with the same transaction id. Thread-safe.
 */
public final class HttpHomeserver implements Homeserver {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;
  private final String token;
  private final UserId bot;
  private final Set<UserId> registered = ConcurrentHashMap.newKeySet();

  /**
   * Asks the server who the bot is.
   *
   * @param url the server's address, without a slash at its end
   * @param token the access token of the application service
   */
  public HttpHomeserver(URI url, String token) {
    this.url = url;
    this.token = token;
    JsonNode whoami = ask("GET", "account/whoami", Map.of());
    bot = UserId.parse(whoami.path("user_id").asString(""));
  }

  /** Returns the user of the application service itself. */
  public UserId bot() {
    return bot;
  }

  @Override
  public UserId ghost(String nick) {
    String name = "irc_" + nick;
    UserId ghost = UserId.parse("@" + name + bot.value().substring(bot.value().indexOf(':')));
    if (!registered.contains(ghost)) {
      register(name);
      registered.add(ghost);
    }
    return ghost;
  }

  private void register(String name) {
    try {
      JsonNode unused =
          ask("POST", "register", Map.of("type", "m.login.application_service", "username", name));
    } catch (RefusedRequestException e) {
      if (!e.errcode().equals("M_USER_IN_USE")) {
        throw e;
      }
    }
  }

  @Override
  public void join(UserId user, RoomId room) {
    JsonNode unused = ask("POST", "join/" + encode(room) + as(user), Map.of());
  }

  @Override
  public EventId say(UserId user, RoomId room, String text) {
    return send(user, room, Map.of("msgtype", "m.text", "body", text));
  }

  @Override
  public EventId edit(UserId user, RoomId room, EventId message, String text) {
    return send(
        user,
        room,
        Map.of(
            "msgtype",
            "m.text",
            "body",
            "* " + text,
            "m.new_content",
            Map.of("msgtype", "m.text", "body", text),
            "m.relates_to",
            Map.of("rel_type", "m.replace", "event_id", message.value())));
  }

  private EventId send(UserId user, RoomId room, Map<String, Object> content) {
    return put(room, "send/m.room.message", user, content);
  }

  @Override
  public EventId redact(UserId user, RoomId room, EventId message) {
    return put(room, "redact/" + encode(message), user, Map.of());
  }

  private EventId put(RoomId room, String what, UserId user, Map<String, Object> content) {
    String path = "rooms/" + encode(room) + "/" + what + "/" + UUID.randomUUID() + as(user);
    return EventId.parse(ask("PUT", path, content).path("event_id").asString(""));
  }

  @Override
  public void type(UserId user, RoomId room, Duration howLong) {
    Map<String, Object> body = howLong.isZero()
        ? Map.of("typing", false)
        : Map.of("typing", true, "timeout", howLong.toMillis());
    JsonNode unused =
        ask("PUT", "rooms/" + encode(room) + "/typing/" + encode(user) + as(user), body);
  }

  private static String as(UserId user) {
    return "?user_id=" + encode(user);
  }

  private static String encode(Object id) {
    return URLEncoder.encode(id.toString(), StandardCharsets.UTF_8);
  }

  private JsonNode ask(String method, String path, Map<String, Object> body) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/_matrix/client/v3/" + path))
        .header("Authorization", "Bearer " + token)
        .timeout(LONGEST_ANSWER)
        .method(
            method,
            method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
    HttpResponse<String> response;
    try {
      response = send(request);
    } catch (IOException first) {
      response = sendAgain(request, first);
    }
    if (response.statusCode() != 200) {
      throw new RefusedRequestException(method, path, response);
    }
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> sendAgain(HttpRequest request, IOException first) {
    try {
      return send(request);
    } catch (IOException e) {
      e.addSuppressed(first);
      throw new IllegalStateException("no answer from " + url, e);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + url, e);
    }
  }

  /** Thrown when the server refuses a request. */
  static final class RefusedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String errcode;

    RefusedRequestException(String method, String path, HttpResponse<String> response) {
      super(method + " " + path + ": " + response.statusCode() + " " + response.body());
      errcode = JSON.readTree(response.body()).path("errcode").asString("");
    }

    String errcode() {
      return errcode;
    }
  }
}
