package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.homeserver.appservice.ServiceConnection.Reply;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.registration.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Pings an application service when it asks for it, so that it learns whether the server reaches it. Immutable.
 *
 * <p>Source: {@code POST /_matrix/client/v1/appservice/{appserviceId}/ping} of the Client-Server API v1.7.
 *
 * @since 0.1.0
 */
public final class PingEndpoint {
  private final List<ServiceClient> services;
  private final InstantSource clock;

  /**
   * Creates the endpoint.
   *
   * @param services those that listen; not copied
   */
  public PingEndpoint(List<ServiceClient> services, InstantSource clock) {
    this.services = services;
    this.clock = clock;
  }

  public void addTo(Router client) {
    client.addAsync("POST", "appservice/*/ping", this::ping);
  }

  private CompletableFuture<Answer> ping(Call call) {
    Service service = call.requester().requireService();
    if (!service.id().equals(call.segment(0))) {
      throw ApiError.forbidden("the access token is of another application service");
    }
    Optional<String> transaction = Json.optionalString(call.body(), "transaction_id");
    ServiceClient client = services.stream()
        .filter(each -> each.service().equals(service))
        .findFirst()
        .orElseThrow(() ->
            ApiError.of(400, "M_URL_NOT_SET", "the registration of " + service + " has no url"));
    Instant begin = clock.instant();
    return client
        .ping(transaction)
        .handle((reply, failure) -> reply == null
            ? failed(failure)
            : answer(reply, Duration.between(begin, clock.instant())));
  }

  private static Answer answer(Reply reply, Duration taken) {
    if (reply.isSuccess()) {
      return Answer.of(Json.object().put("duration_ms", taken.toMillis()));
    }
    return Answer.of(
        502,
        error("M_BAD_STATUS", "the service answers with status " + reply.status())
            .put("status", reply.status())
            .put("body", reply.body().toString()));
  }

  private static Answer failed(@Nullable Throwable failure) {
    return ServiceClient.cause(failure) instanceof TimeoutException
        ? Answer.of(504, error("M_CONNECTION_TIMEOUT", "the service does not answer in time"))
        : Answer.of(502, error("M_CONNECTION_FAILED", "the service cannot be reached"));
  }

  private static ObjectNode error(String errcode, String message) {
    return Json.object().put("errcode", errcode).put("error", message);
  }
}
