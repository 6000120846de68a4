package org.example;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static io.github.matrixsync.testkit.http.RequestPattern.put;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@MatrixTest
class HttpBotTest {
  @Test
  void ping_whenTheFirstAnswerIsRefused_isAnsweredLater(MatrixWorld world) throws IOException {
    HttpServer socket =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TestService service = world
        .service("bot")
        .url(URI.create("http://127.0.0.1:" + socket.getAddress().getPort()))
        .users("@bot_.*")
        .register();
    service.delivers(1);
    socket.createContext("/", new HttpBot(world.server().url(), service.asToken())::handle);
    socket.start();
    TestUser alice = world.user("alice");
    TestRoom lounge = alice.creates("lounge").with(service.sender());
    world.server().next(put("rooms/*/send/**")).answers(503);

    alice.says(lounge, "!ping");
    assertThat(alice).inRoom(lounge).sawMessages("!ping");

    world.time().advance(Duration.ofMinutes(1));
    assertThat(alice).inRoom(lounge).sawMessages("!ping", "pong");
    socket.stop(0);
  }

  /** The bot under test. It reads transactions of one event; a bot with a JSON library reads all. */
  record HttpBot(URI homeserver, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    void handle(HttpExchange exchange) throws IOException {
      String transaction =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean isDone = !transaction.contains("\"!ping\"") || answer(transaction);
      exchange.sendResponseHeaders(isDone ? 200 : 500, 2);
      exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
      exchange.close();
    }

    /** Sends the answer, with the event's id as transaction id: so it is said once, however often this is tried. */
    private boolean answer(String transaction) throws IOException {
      String path = "/_matrix/client/v3/rooms/" + field(transaction, "room_id")
          + "/send/m.room.message/" + field(transaction, "event_id");
      HttpRequest request = HttpRequest.newBuilder(URI.create(homeserver + path))
          .header("Authorization", "Bearer " + token)
          .PUT(BodyPublishers.ofString("{\"msgtype\": \"m.text\", \"body\": \"pong\"}"))
          .build();
      try {
        return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private static String field(String json, String name) {
      Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
      return field.find() ? URLEncoder.encode(field.group(1), StandardCharsets.UTF_8) : "";
    }
  }
}
