package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The programs of the guide do what it says. */
class HostsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

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
      String api = "http://127.0.0.1:" + host.port();
      CompletableFuture<HttpResponse<String>> poll = HTTP.sendAsync(
          sync(api, "?timeout=30000&since=s1_0_0", "secret"), BodyHandlers.ofString());
      HTTP.send(
          HttpRequest.newBuilder(URI.create(api + "/say"))
              .POST(BodyPublishers.ofString("hello"))
              .build(),
          BodyHandlers.discarding());

      assertThat(poll.get(20, TimeUnit.SECONDS).body())
          .contains("\"hello\"", "\"next_batch\":\"s2_0_0\"");
    }
  }

  @Test
  void host_overHttp_refusesAnotherTokenAndAnotherPath() throws Exception {
    try (HttpHost host = new HttpHost(0)) {
      String api = "http://127.0.0.1:" + host.port();

      assertThat(HTTP.send(sync(api, "", "other"), BodyHandlers.discarding()).statusCode())
          .isEqualTo(401);
      assertThat(HTTP.send(sync(api, "/nothing", "secret"), BodyHandlers.discarding())
              .statusCode())
          .isEqualTo(404);
    }
  }

  private static HttpRequest sync(String api, String rest, String token) {
    return HttpRequest.newBuilder(URI.create(api + "/_matrix/client/v3/sync" + rest))
        .header("Authorization", "Bearer " + token)
        .build();
  }
}
