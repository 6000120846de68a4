package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.appservice.ServiceConnection.Reply;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.registration.Service;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to an application service. Each fails with a {@code Refusal} that says why, without any token.
 *
 * <p>The token is in the header and in the query, because some bridges read only one of them. A bridge that does not
 * have the paths below {@code /_matrix/app/v1} gets its requests at the legacy paths, until these fail. Thread-safe.
 *
 * <p>Source: Application Service API v1.1 and later; "Legacy routes".
 *
 * @since 0.1.0
 */
public final class ServiceClient {
  private static final String PREFIX = "/_matrix/app/v1";
  private static final byte[] NO_BODY = {};

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
  private volatile boolean isOld;

  private ServiceClient(ServiceConnection connection, Service service, URI url) {
    this.connection = connection;
    this.service = service;
    this.url = url;
  }

  /** Returns clients for those services that listen. */
  public static List<ServiceClient> of(List<Service> services, ServiceConnection connection) {
    return services.stream()
        .flatMap(service -> of(service, connection).stream())
        .toList();
  }

  /** Returns the client for a service; empty if it does not listen. */
  public static Optional<ServiceClient> of(Service service, ServiceConnection connection) {
    return service.registration().url().map(url -> new ServiceClient(connection, service, url));
  }

  /** Returns the service that it sends to. */
  public Service service() {
    return service;
  }

  /** Sends a transaction; completes when the service has accepted it. */
  CompletableFuture<Void> push(String transaction, RawJson events) {
    return send("PUT", "/transactions/" + encode(transaction), events.toByteArray());
  }

  /** Asks whether a user exists, so that the service creates it. */
  public CompletableFuture<Void> queryUser(String user) {
    return send("GET", "/users/" + encode(user), NO_BODY);
  }

  /** Asks whether a room with an alias exists, so that the service creates it. */
  public CompletableFuture<Void> queryAlias(String alias) {
    return send("GET", "/rooms/" + encode(alias), NO_BODY);
  }

  /** Asks whether the service listens; completes with what it answers. There is no legacy path for it. */
  CompletableFuture<Reply> ping(Optional<String> transaction) {
    ObjectNode body = Json.object();
    transaction.ifPresent(id -> body.put("transaction_id", id));
    return exchange("POST", PREFIX + "/ping", Json.write(body).toByteArray());
  }

  private CompletableFuture<Void> send(String method, String path, byte[] body) {
    CompletableFuture<Reply> reply = isOld
        ? sendToOld(method, path, body)
        : exchange(method, PREFIX + path, body)
            .thenCompose(answer -> isUnrecognized(answer)
                ? sendToOld(method, path, body)
                : CompletableFuture.completedFuture(answer));
    return reply.handle(ServiceClient::require);
  }

  /** Sends to a path without a prefix, and to that alone from now on if it is answered as it should be. */
  private CompletableFuture<Reply> sendToOld(String method, String path, byte[] body) {
    return exchange(method, path, body)
        .whenComplete(
            (reply, failure) -> isOld = reply != null && refusal(reply).isEmpty());
  }

  private CompletableFuture<Reply> exchange(String method, String path, byte[] body) {
    String token = service.registration().hsToken();
    Map<String, String> headers = new HashMap<>(Map.of("Authorization", "Bearer " + token));
    if (body.length > 0) {
      headers.put("Content-Type", "application/json");
    }
    try {
      return connection.send(method, url + path + "?access_token=" + encode(token), headers, body);
    } catch (RuntimeException e) { // such as a token that no header can have
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Returns whether there is no such path, other than no such user or alias, which are 404 as well. */
  private static boolean isUnrecognized(Reply reply) {
    return (reply.status() == 404 || reply.status() == 405)
        && errcode(reply.body()).map("M_UNRECOGNIZED"::equals).orElse(true);
  }

  /** Throws unless the service has done what it was asked for. */
  private static @Nullable Void require(@Nullable Reply reply, @Nullable Throwable failure) {
    if (reply == null) {
      throw new CompletionException(new Refusal("no answer, " + kind(failure)));
    }
    Optional<String> refusal = refusal(reply);
    if (refusal.isPresent()) {
      throw new CompletionException(new Refusal(refusal.get()));
    }
    return null;
  }

  /** Returns why an answer is none that was hoped for; some bridges refuse with a status of 200. */
  private static Optional<String> refusal(Reply reply) {
    if (!reply.isSuccess()) {
      return Optional.of("the answer has the status " + reply.status());
    }
    return errcode(reply.body())
        .filter(errcode -> !errcode.isEmpty())
        .map(errcode -> "the answer is an error");
  }

  private static String kind(@Nullable Throwable failure) {
    Throwable cause = cause(failure);
    return cause == null ? "nothing" : cause.getClass().getSimpleName();
  }

  /** Returns a failure without the wrapping that stages of futures add. */
  static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  /** Returns why a request failed, in words. */
  static String reason(Throwable failure) {
    Throwable cause = cause(failure);
    return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
  }

  /** Returns the errcode in a JSON object, an empty string if it has none; empty if the body is no JSON object. */
  private static Optional<String> errcode(RawJson body) {
    byte[] bytes = body.toByteArray();
    try {
      return bytes.length == 0
          ? Optional.empty()
          : Optional.of(Json.body(bytes).tree().path("errcode").asString());
    } catch (ApiError e) {
      return Optional.empty();
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
