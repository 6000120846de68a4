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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The server's requests to application services. */
class ServiceClientTest {
  /** A host name with an underscore, as containers of bridges have. */
  private static final String HOST = "mautrix_telegram";

  @Test
  void query_hostWithAnUnderscore_isAsked() throws Exception {
    AddressResolverOptions names =
        new AddressResolverOptions().setHostsValue(Buffer.buffer("127.0.0.1 " + HOST + "\n"));
    Vertx vertx = Vertx.vertx(new VertxOptions().setAddressResolverOptions(names));
    try (FakeBridge bridge = new FakeBridge("telegram")) {
      bridge.answer(query -> FakeBridge.Reply.TAKEN);
      URI url = URI.create(bridge.url().toString().replace("127.0.0.1", HOST));
      Registration registration = Bridges.registration("telegram", true, Optional.of(url));
      Service service = Service.of(registration, UserId.parse("@telegrambot:localhost"));

      ServiceClient.of(List.of(service), new HttpConnection(vertx, Duration.ofSeconds(20)))
          .get(0)
          .queryUser("@telegram_a:localhost")
          .get(30, TimeUnit.SECONDS);

      assertThat(bridge.queries).containsExactly("users/@telegram_a:localhost");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
