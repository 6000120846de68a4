package io.github.matrixsync.rest;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
 * @param service the namespaces of the application service that asks as its sender, the requester,
 *     and as none of its other users; empty: a user asks
 * @param device the device that makes the request: it gets its to-device messages and key counts from {@code /sync},
 *     and the transaction ids of the events that it sent; empty: none of these are returned
 * @since 0.1.0
 */
// More than five parameters: one for each part of a request that has a meaning here; hosts use the
// short constructors.
public record RestRequest(
    String path,
    Map<String, List<String>> query,
    UserId requester,
    EventForm form,
    Optional<ServiceNamespaces> service,
    Optional<DeviceId> device) {
  /** Copies the map and its lists. */
  public RestRequest {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(requester, "requester");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(device, "device");
    query = copyOf(query);
  }

  /** A request for the form of v1. */
  public RestRequest(String path, Map<String, List<String>> query, UserId requester) {
    this(path, query, requester, EventForm.V1);
  }

  /** A request of a user. */
  public RestRequest(
      String path, Map<String, List<String>> query, UserId requester, EventForm form) {
    this(path, query, requester, form, Optional.empty(), Optional.empty());
  }

  /**
   * Returns this request as that of an application service which names no user of its own. Its
   * {@code /events} are then the service's stream, unless it names a room to peek at; all else is
   * answered as to the requester.
   */
  public RestRequest withService(ServiceNamespaces namespaces) {
    return new RestRequest(path, query, requester, form, Optional.of(namespaces), device);
  }

  /** Returns this request as one that comes from a device of the requester. */
  public RestRequest withDevice(DeviceId one) {
    return new RestRequest(path, query, requester, form, service, Optional.of(one));
  }

  /**
   * Decodes the query of a request for {@link #query()}. A plus sign is a blank, bytes that are not UTF-8 become
   * replacement characters, and a field without an equals sign has the empty value. Does no I/O.
   *
   * @param encoded what follows the question mark, as it came; empty if the request has no query
   * @return the values of each parameter in the order of the query, at least one for each; the map is the caller's own
   * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits; a host answers 400
   */
  public static Map<String, List<String>> decodeQuery(String encoded) {
    Objects.requireNonNull(encoded, "query");
    Map<String, List<String>> query = new HashMap<>();
    for (String field : encoded.split("&", -1)) {
      if (!field.isEmpty()) {
        int end = field.indexOf('=');
        String name = decoded(end < 0 ? field : field.substring(0, end));
        String value = end < 0 ? "" : decoded(field.substring(end + 1));
        query.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
      }
    }
    return query;
  }

  private static String decoded(String text) {
    // The decoder takes a sign for a digit.
    if (text.contains("%+") || text.contains("%-")) {
      throw new IllegalArgumentException(
          "a percent sign is not followed by two hexadecimal digits");
    }
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
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
