package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.appservice.ServiceConnection.Reply;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.registration.Service;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to an application service. Each fails with a {@code Refusal} that says why, without any token.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ServiceClient {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  /** A request that a service did not fulfill. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String why) {
      super(why, null, false, false);
    }
  }

  private final ServiceConnection connection;
  private final Service service;
  private final URI url;

  private ServiceClient(ServiceConnection connection, Service service, URI url) {
    this.connection = connection;
    this.service = service;
    this.url = url;
  }

  /** Returns clients for those services that listen. */
  public static List<ServiceClient> of(List<Service> services, ServiceConnection connection) {
    return services.stream()
        .flatMap(service ->
            service
                .registration()
                .url()
                .map(url -> new ServiceClient(connection, service, url))
                .stream())
        .toList();
  }

  Service service() {
    return service;
  }

  /** Sends a transaction; completes when the service has accepted it. */
  CompletableFuture<Void> push(String transaction, RawJson events) {
    return send("PUT", "/transactions/" + encode(transaction), JSON, events.toByteArray());
  }

  /** Asks whether a user exists, so that the service creates it. */
  public CompletableFuture<Void> queryUser(String user) {
    return send("GET", "/users/" + encode(user), Map.of(), new byte[0]);
  }

  /** Asks whether a room with an alias exists, so that the service creates it. */
  public CompletableFuture<Void> queryAlias(String alias) {
    return send("GET", "/rooms/" + encode(alias), Map.of(), new byte[0]);
  }

  private CompletableFuture<Void> send(
      String method, String path, Map<String, String> headers, byte[] body) {
    String token = encode(service.registration().hsToken());
    return connection
        .send(method, url + path + "?access_token=" + token, headers, body)
        .handle(ServiceClient::require);
  }

  /** Throws unless the service has done what it was asked for; some bridges refuse with a status of 200. */
  private static @Nullable Void require(@Nullable Reply reply, @Nullable Throwable failure) {
    if (reply == null) {
      throw new CompletionException(new Refusal("no answer, " + kind(failure)));
    }
    if (reply.status() < 200 || reply.status() >= 300) {
      throw new CompletionException(new Refusal("the answer has the status " + reply.status()));
    }
    if (!errcode(reply.body()).isEmpty()) {
      throw new CompletionException(new Refusal("the answer is an error"));
    }
    return null;
  }

  private static String kind(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? "nothing" : cause.getClass().getSimpleName();
  }

  /** Returns why a request failed, in words. */
  static String reason(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
  }

  private static String errcode(RawJson body) {
    try {
      return Json.body(body.toByteArray()).tree().path("errcode").asString();
    } catch (ApiError e) {
      return "";
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
