package io.github.matrixsync.examples.homeserver.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.Bridges;
import io.github.matrixsync.examples.homeserver.FakeBridge;
import io.github.matrixsync.examples.homeserver.HttpConnection;
import io.github.matrixsync.homeserver.appservice.ServiceClient;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Service;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The server's requests to application services. */
class ServiceClientTest {
  /** A host name with an underscore, as containers of bridges have. */
  private static final String HOST = "mautrix_telegram";

  @Test
  void query_bridgeWithOldPaths_isAskedThere() throws Exception {
    try (FakeBridge bridge = new FakeBridge("telegram").withOldPaths()) {
      bridge.answer(query -> FakeBridge.Reply.TAKEN);
      query(Vertx.vertx(), bridge.url());

      assertThat(bridge.queries).containsExactly("users/@telegram_a:localhost");
    }
  }

  @Test
  void send_noAnswerInTime_isATimeout() {
    Vertx vertx = Vertx.vertx();
    try (FakeBridge bridge = new FakeBridge("telegram")) {
      bridge.answer(query -> FakeBridge.Reply.NONE);
      String url = bridge.url() + "/_matrix/app/v1/users/a?access_token=hs-telegram";

      assertThat(new HttpConnection(vertx, Duration.ofMillis(200))
              .send("GET", url, Map.of("Authorization", "Bearer hs-telegram"), new byte[0]))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(TimeoutException.class);
    } finally {
      close(vertx);
    }
  }

  @Test
  void query_hostWithAnUnderscore_isAsked() throws Exception {
    AddressResolverOptions names =
        new AddressResolverOptions().setHostsValue(Buffer.buffer("127.0.0.1 " + HOST + "\n"));
    Vertx vertx = Vertx.vertx(new VertxOptions().setAddressResolverOptions(names));
    try (FakeBridge bridge = new FakeBridge("telegram")) {
      bridge.answer(query -> FakeBridge.Reply.TAKEN);
      query(vertx, URI.create(bridge.url().toString().replace("127.0.0.1", HOST)));

      assertThat(bridge.queries).containsExactly("users/@telegram_a:localhost");
    }
  }

  /** Asks a bridge for a user, and closes {@code vertx}. */
  private static void query(Vertx vertx, URI url) throws Exception {
    Registration registration = Bridges.registration("telegram", true, Optional.of(url));
    Service service = Service.of(registration, UserId.parse("@telegrambot:localhost"));
    try {
      ServiceClient.of(List.of(service), new HttpConnection(vertx, Duration.ofSeconds(20)))
          .get(0)
          .queryUser("@telegram_a:localhost")
          .get(30, TimeUnit.SECONDS);
    } finally {
      close(vertx);
    }
  }

  private static void close(Vertx vertx) {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }
}
