package io.github.matrixsync.examples.adapters;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.rest.RestSettings;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers the requests of clients: finds the API by the path and the user by the access token, and passes requests on
 * to {@link RestEdge}. Every host does this, whatever its HTTP server. Logs nothing of a request. Thread-safe.
 */
public final class ClientApi {
  /** The most bytes of a body that are read; an adapter may cut a larger one after one byte more. */
  public static final int MOST_BYTES = 64 << 10;

  private static final Map<String, EventForm> PREFIXES = Map.of(
      "/_matrix/client/api/v1", EventForm.V1,
      "/_matrix/client/r0", EventForm.R0,
      "/_matrix/client/v3", EventForm.R0);
  private static final Pattern BEARER =
      Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

  private final RestEdge edge;
  private final AccessTokens tokens;
  private final Map<String, String> headers;

  /** Creates the API of an engine. */
  public ClientApi(SyncApi engine, AccessTokens tokens, RestSettings settings) {
    this.edge = RestEdge.of(engine, settings);
    this.tokens = tokens;
    this.headers = settings.corsHeaders();
  }

  /**
   * Answers a request. Does not block.
   *
   * @param body empty if there is none; read only for POST requests
   * @return the answer; the future never fails, and cancelling it ends the poll
   */
  public CompletableFuture<RestResponse> answer(ClientRequest request, byte[] body) {
    return switch (request.method()) {
      case "OPTIONS" -> CompletableFuture.completedFuture(new NoBody(200, headers));
      case "HEAD" -> CompletableFuture.completedFuture(new NoBody(405, headers));
      default ->
        PREFIXES.entrySet().stream()
            .filter(prefix -> request.path().startsWith(prefix.getKey() + "/"))
            .findFirst()
            .map(prefix -> answer(request, body, prefix.getKey().length(), prefix.getValue()))
            .orElseGet(this::unrecognized);
    };
  }

  private CompletableFuture<RestResponse> answer(
      ClientRequest request, byte[] body, int prefix, EventForm form) {
    Map<String, List<String>> query;
    try {
      query = RestRequest.decodeQuery(request.query());
    } catch (IllegalArgumentException e) {
      return error(400, "M_UNKNOWN", "the query has a broken escape");
    }
    Optional<String> token = token(request, query);
    if (token.isEmpty()) {
      return error(401, "M_MISSING_TOKEN", "an access token is needed");
    }
    Optional<UserId> user;
    try {
      user = tokens.user(token.get());
    } catch (RuntimeException e) {
      // Not left to the server, which might log it with the query.
      return error(500, "M_UNKNOWN", "the access token could not be checked");
    }
    if (user.isEmpty()) {
      return error(401, "M_UNKNOWN_TOKEN", "the access token is not known");
    }
    RestRequest asked = new RestRequest(request.path().substring(prefix), query, user.get(), form);
    return switch (request.method()) {
      case "GET" -> edge.get(asked).orElseGet(this::unrecognized);
      case "POST" -> edge.post(asked, RawJson.of(body)).orElseGet(this::unrecognized);
      default -> error(405, "M_UNRECOGNIZED", "the method is not known");
    };
  }

  private static Optional<String> token(ClientRequest request, Map<String, List<String>> query) {
    return request
        .authorization()
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(bearer -> bearer.group(1))
        .or(() -> query.getOrDefault("access_token", List.of()).stream().findFirst());
  }

  private CompletableFuture<RestResponse> unrecognized() {
    return error(404, "M_UNRECOGNIZED", "the request is not known");
  }

  private CompletableFuture<RestResponse> error(int status, String errcode, String message) {
    return CompletableFuture.completedFuture(edge.error(status, errcode, message));
  }

  /** A response without a body. */
  private record NoBody(int status, Map<String, String> headers) implements RestResponse {
    @Override
    public long length() {
      return 0;
    }

    @Override
    public void writeTo(OutputStream out) {
      // It has none.
    }
  }
}
