package io.github.matrixsync.examples.adapters;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as an HTTP server received it. Immutable.
 *
 * @param method in capital letters
 * @param path with its escapes, without the query
 * @param query with its escapes, empty if there is none
 * @param authorization the header of that name
 */
public record ClientRequest(
    String method, String path, String query, Optional<String> authorization) {
  /** Returns a request made of what a server returns, null for what the request does not have. */
  public static ClientRequest of(
      String method,
      @Nullable String path,
      @Nullable String query,
      @Nullable String authorization) {
    return new ClientRequest(
        method,
        Objects.requireNonNullElse(path, ""),
        Objects.requireNonNullElse(query, ""),
        Optional.ofNullable(authorization));
  }

  /** Returns the method alone: an access token may be in the query, and the path has ids of clients. */
  @Override
  public String toString() {
    return "ClientRequest[" + method + "]";
  }
}
