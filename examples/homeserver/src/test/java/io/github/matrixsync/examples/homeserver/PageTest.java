package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at {@code /}, and the restarts that it may ask for. */
class PageTest extends ServerTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int KIB = 1_024;

  private interface Part {
    void use(HomeServer server, Client nobody) throws Exception;
  }

  private static HttpResponse<String> page(Client nobody) throws Exception {
    return send(nobody, "GET", "/");
  }

  private static HttpResponse<String> send(Client nobody, String method, String path)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(nobody.base() + path))
        .method(method, BodyPublishers.noBody())
        .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static String hash(String html, String element) throws Exception {
    String begin = "<" + element + ">";
    assertThat(html.split(begin, -1)).as("one %s", element).hasSize(2);
    String content =
        html.substring(html.indexOf(begin) + begin.length(), html.indexOf("</" + element + ">"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }

  /** Runs a part of a test against a server of its own, whose page may restart it. */
  private static void withRestarts(Part part) throws Exception {
    try (HomeServer server = new HomeServer("localhost", LeftRooms.LISTED)) {
      server.allowRestarts();
      part.use(server, Client.nobody("http://127.0.0.1:" + server.listen("127.0.0.1", 0)));
    }
  }

  /** Returns the bodies of the messages in the answer to a poll of the v1 API. */
  private static Stream<String> bodies(Reply answer) {
    return answer
        .json()
        .path("chunk")
        .valueStream()
        .filter(event -> event.path("type").asString("").equals("m.room.message"))
        .map(event -> event.path("content").path("body").asString(""));
  }

  @Test
  void page_get_isHtmlThatMayLoadNothingButItself() throws Exception {
    HttpResponse<String> page = page(nobody);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse("").split("; "))
        .containsExactly(
            "default-src 'none'",
            "connect-src 'self'",
            "img-src data:",
            "script-src " + hash(page.body(), "script"),
            "style-src " + hash(page.body(), "style"),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
  }

  @Test
  void page_get_isOneFileOfLessThan64KiB() throws Exception {
    String html = page(nobody).body();

    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(64 * KIB);
    assertThat(html).doesNotContain("http://127", "https://", "@import", " src=", "style=\"");
    assertThat(html.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(121));
  }

  @Test
  void page_withAQuery_isTheSame() throws Exception {
    assertThat(send(nobody, "GET", "/?room=x").body()).isEqualTo(page(nobody).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "/metrics"})
  void head_ofWhatIsRead_isTheAnswerToGetWithoutItsBody(String path) throws Exception {
    HttpResponse<String> got = send(nobody, "GET", path);

    HttpResponse<String> head = send(nobody, "HEAD", path);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    Map<String, List<String>> headers = new HashMap<>(head.headers().map());
    assertThat(headers.remove("content-length")).isNotEqualTo(List.of("0")); // figures change
    assertThat(got.headers().map()).containsAllEntriesOf(headers);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, 405",
    "PUT, /, 405",
    "DELETE, /, 405",
    "GET, /page.html, 404",
    "GET, //, 404",
    "GET, /index.html, 404",
    "GET, /restart, 404",
    "POST, /restart, 404"
  })
  void request_notForThePage_isRefused(String method, String path, int status) throws Exception {
    HttpResponse<String> response = send(nobody, method, path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains("\"M_UNRECOGNIZED\"");
  }

  @Test
  void page_restartsAllowed_offersThemOnlyThen() throws Exception {
    assertThat(page(nobody).body()).contains("data-restarts=\"no\"");
    withRestarts(
        (server, nobody) -> assertThat(page(nobody).body()).contains("data-restarts=\"yes\""));
  }

  @Test
  void restart_notAsked_isRefused() throws Exception {
    withRestarts((server, nobody) -> {
      assertThat(nobody.get("/restart").status()).isEqualTo(405);
      assertThat(nobody.post("/restart", "{}").status()).isEqualTo(401);
      Client stranger = new Client(nobody.base(), "", "unknown");
      assertThat(stranger.post("/restart", "{}").errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    });
  }

  @ParameterizedTest
  @CsvSource({
    "http://elsewhere.example, /restart, 403",
    "http://127.0.0.1:1, /restart, 403",
    "null, /restart, 403",
    "http://elsewhere.example, /%72estart, 403",
    "http://HOST, /restart, 200",
    "https://HOST, /restart, 200"
  })
  void restart_askedByAPage_isForThePagesOfThisServerAlone(String origin, String path, int status)
      throws Exception {
    withRestarts((server, nobody) -> {
      String token = nobody.register("alice").token();
      URI address = URI.create(nobody.base() + path);
      HttpRequest request = HttpRequest.newBuilder(address)
          .header("Authorization", "Bearer " + token)
          .header("Origin", origin.replace("HOST", address.getAuthority()))
          .POST(BodyPublishers.ofString("{}"))
          .build();
      SyncEngine before = server.engine();

      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(server.engine() != before).isEqualTo(status == 200);
    });
  }

  @Test
  void restart_whoWaits_isAnsweredAndGoesOnFromTheToken() throws Exception {
    withRestarts((server, nobody) -> {
      Client alice = nobody.register("alice");
      String room = alice.createRoom("{}");
      String send = Client.room(room, "/send/m.room.message");
      String before = alice.get("/initialSync").json().path("end").asString();
      alice.post(send, "{'body':'one'}");
      String seen =
          alice.get("/events?timeout=0&from=" + before).json().path("end").asString();
      CompletableFuture<Reply> parked =
          alice.later("GET", "/events?timeout=50000&from=" + seen, new byte[0]);
      awaitParked(server, 1);

      Reply restarted = alice.post("/restart", "{}");

      assertThat(restarted.status()).isEqualTo(200);
      assertThat(restarted.json().path("milliseconds").isIntegralNumber()).isTrue();
      assertThat(parked.join().status()).isEqualTo(200);
      assertThat(bodies(parked.join())).isEmpty();
      alice.post(send, "{'body':'two'}");
      String end = parked.join().json().path("end").asString();
      assertThat(bodies(alice.get("/events?timeout=0&from=" + end))).containsExactly("two");
      assertThat(bodies(alice.get("/events?timeout=0&from=" + seen))).containsExactly("two");
      assertThat(bodies(alice.get("/events?timeout=0&from=" + before)))
          .containsExactly("one", "two");
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void restart_severalTimes_metersAreThoseOfTheNewestEngine(int times) throws Exception {
    withRestarts((server, nobody) -> {
      Client alice = nobody.register("alice");
      for (int i = 0; i < times; i++) {
        alice.post("/restart", "{}");
      }
      alice.get("/events?timeout=0"); // from here on she is online
      String now = alice.get("/initialSync").json().path("end").asString();
      CompletableFuture<Reply> parked =
          alice.later("GET", "/events?timeout=50000&from=" + now, new byte[0]);
      awaitParked(server, 1);

      awaitParkedInMetrics(nobody);
      alice.post("/restart", "{}");
      assertThat(parked.join().status()).isEqualTo(200);
    });
  }

  @Test
  void restart_filesAndSessions_stay() throws Exception {
    withRestarts((server, nobody) -> {
      Client alice = nobody.register("alice");
      String file = alice
          .later("POST", "/_matrix/media/v3/upload", "text".getBytes(StandardCharsets.UTF_8))
          .join()
          .json()
          .path("content_uri")
          .asString();

      alice.post("/restart", "{}");

      String path = "/_matrix/client/v1/media/download/" + file.substring("mxc://".length());
      assertThat(alice.get(path).text()).isEqualTo("text");
    });
  }
}
