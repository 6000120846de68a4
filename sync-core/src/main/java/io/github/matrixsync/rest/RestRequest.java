package io.github.matrixsync.rest;

import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.event.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One GET request as the host's HTTP server received it, already authenticated. Immutable.
 *
 * @param path what follows the API's prefix, still percent-encoded and without the query: {@code
 *     /events}, {@code /rooms/%21a%3Ah/messages}
 * @param query the decoded query parameters, each with its values in the order of the query string;
 *     a parameter without a value has the empty one. Those that the edge does not know are not
 *     looked at
 * @param requester who is asking
 * @param form in which room events are shown, by the prefix of the API that the request came to:
 *     {@code api/v1} or {@code r0}
 */
public record RestRequest(
    String path, Map<String, List<String>> query, UserId requester, EventForm form) {
  /** Copies the map and its lists. */
  public RestRequest {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(requester, "requester");
    Objects.requireNonNull(form, "form");
    query = copyOf(query);
  }

  /** A request for the form of v1. */
  public RestRequest(String path, Map<String, List<String>> query, UserId requester) {
    this(path, query, requester, EventForm.V1);
  }

  /** Returns path and requester, never the query: an access token may be in it. */
  @Override
  public String toString() {
    return "RestRequest[" + path + " by " + requester + "]";
  }

  private static Map<String, List<String>> copyOf(Map<String, List<String>> query) {
    if (query.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> copy = new HashMap<>(query);
    copy.replaceAll((name, values) -> List.copyOf(values));
    return Map.copyOf(copy);
  }
}
