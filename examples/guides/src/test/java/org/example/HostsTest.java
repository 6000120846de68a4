package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The programs of the guide do what it says. */
class HostsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SYNC = "/_matrix/client/v3/sync";

  @Test
  void host_onTheMemoryStore_makesTheThreeCalls() {
    MemoryEventStore store = MemoryEventStore.create();
    try (SyncEngine engine = SyncEngine.builder(store).build()) {
      store.append(List.of(Append.live(Host.join())));

      assertThat(Host.snapshot(engine)).isEqualTo("rooms: 1, read up to s1_0_0");
      assertThat(Host.poll(engine, store)).isEqualTo("events: 1, read up to s2_0_0");
      assertThat(Host.byId(engine)).isEqualTo("by id: m.room.message");
    }
  }

  @Test
  void host_overHttp_answersAPollWhenSomethingIsSaid() throws Exception {
    try (HttpHost host = new HttpHost(0)) {
      CompletableFuture<HttpResponse<String>> poll = poll(host);

      assertThat(status(host, "POST", "/say", "hello")).isEqualTo(204);

      assertThat(poll.get(20, TimeUnit.SECONDS).body())
          .contains("\"hello\"", "\"next_batch\":\"s2_0_0\"");
    }
  }

  @Test
  void host_overHttp_takesWhatIsSaidAsText() throws Exception {
    try (HttpHost host = new HttpHost(0)) {
      assertThat(status(host, "POST", "/say", "\"}, \"sender\": \"@mallory\\\n\u00e9"))
          .isEqualTo(204);

      ClientEvent event = host.engine.stream(Host.ALICE, StreamToken.parse("s1_0_0"), Duration.ZERO)
          .get(20, TimeUnit.SECONDS)
          .chunk()
          .get(0);
      assertThat(event.sender()).contains(Host.ALICE);
      assertThat(event.content())
          .hasToString("{\"msgtype\": \"m.text\", \"body\": \"\\u0022}, \\u0022sender\\u0022: "
              + "\\u0022@mallory\\u005c\\u000a\u00e9\"}");
    }
  }

  @Test
  void host_overHttp_refusesAnotherTokenPathAndMethod() throws Exception {
    try (HttpHost host = new HttpHost(0)) {
      HttpRequest stranger = HttpRequest.newBuilder(uri(host, SYNC))
          .header("Authorization", "Bearer other")
          .build();

      assertThat(HTTP.send(stranger, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
      assertThat(status(host, "GET", SYNC + "/nothing", "")).isEqualTo(404);
      assertThat(status(host, "GET", SYNC + "x/nothing", "")).isEqualTo(404);
      assertThat(status(host, "GET", "/say", "")).isEqualTo(405);
      for (String method : List.of("HEAD", "OPTIONS", "POST", "PUT", "DELETE")) {
        assertThat(status(host, method, SYNC, "")).as(method).isEqualTo(405);
      }
    }
  }

  @Test
  void host_overHttpThatIsClosed_answersThePollThatWaits() throws Exception {
    HttpHost host = new HttpHost(0);
    CompletableFuture<HttpResponse<String>> poll = poll(host);
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (host.engine.statistics().polls().parked() == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }

    host.close();

    HttpResponse<String> answer = poll.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"next_batch\":\"s1_0_0\"");
  }

  private static CompletableFuture<HttpResponse<String>> poll(HttpHost host) {
    return HTTP.sendAsync(
        request(host, "GET", SYNC + "?timeout=30000&since=s1_0_0", ""), BodyHandlers.ofString());
  }

  private static int status(HttpHost host, String method, String path, String body)
      throws Exception {
    return HTTP.send(request(host, method, path, body), BodyHandlers.discarding())
        .statusCode();
  }

  private static HttpRequest request(HttpHost host, String method, String path, String body) {
    return HttpRequest.newBuilder(uri(host, path))
        .method(method, BodyPublishers.ofString(body))
        .header("Authorization", "Bearer secret")
        .build();
  }

  private static URI uri(HttpHost host, String path) {
    return URI.create("http://127.0.0.1:" + host.port() + path);
  }
}
