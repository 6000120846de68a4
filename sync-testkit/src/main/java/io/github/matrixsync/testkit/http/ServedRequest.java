package io.github.matrixsync.testkit.http;

import io.github.matrixsync.event.UserId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that came to the server of a world. Immutable.
 *
 * @param method in capital letters
 * @param path the path with its escapes, without the query
 * @param user who sent it, or as whom an application service sent it; empty if its token is missing or unknown
 * @param body its body as text; empty if there is none
 * @param status the status of the answer; empty as long as there is none, and if the connection was cut before it
 * @param at when it came, in the time of the world
 * @since 0.1.0
 */
// More than five parameters: what can be asked of a request.
public record ServedRequest(
    String method,
    String path,
    Optional<UserId> user,
    String body,
    Optional<Integer> status,
    Instant at) {
  private static final Pattern PREFIX =
      Pattern.compile("^/_matrix/(client/((api/)?v[0-9]+(_alpha)?|r0|unstable)/|client/)?");

  /** Returns the decoded path without what precedes it in all requests of an API, such as {@code rooms/!here:test}. */
  public String route() {
    String route = PREFIX.matcher(path).replaceFirst("");
    try {
      return URLDecoder.decode(route.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return route;
    }
  }

  /** Returns the request with the status of its answer. */
  public ServedRequest withStatus(int answered) {
    return new ServedRequest(method, path, user, body, Optional.of(answered), at);
  }

  /** Returns method, path, sender and status, without the body. */
  @Override
  public String toString() {
    return method + " " + path + user.map(sender -> " by " + sender).orElse("")
        + status.map(answered -> ": " + answered).orElse("");
  }
}
