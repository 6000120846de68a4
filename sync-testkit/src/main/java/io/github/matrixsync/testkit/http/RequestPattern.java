package io.github.matrixsync.testkit.http;

import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A pattern of requests, such as {@code post("join/*").by(ghost)}. Its path is that of the Client-Server API behind the
 * version: {@code *} is one segment, and {@code **} at the end any number of them. Immutable.
 *
 * @since 0.1.0
 */
public final class RequestPattern {
  private final String method;
  private final String path;
  private final Optional<UserId> user;
  private final Predicate<String> body;

  private RequestPattern(
      String method, String path, Optional<UserId> user, Predicate<String> body) {
    this.method = method;
    this.path = path;
    this.user = user;
    this.body = body;
  }

  /** Returns the pattern of GET requests with a path. */
  public static RequestPattern get(String path) {
    return of("GET", path);
  }

  /** Returns the pattern of PUT requests with a path. */
  public static RequestPattern put(String path) {
    return of("PUT", path);
  }

  /** Returns the pattern of POST requests with a path. */
  public static RequestPattern post(String path) {
    return of("POST", path);
  }

  /** Returns the pattern of DELETE requests with a path. */
  public static RequestPattern delete(String path) {
    return of("DELETE", path);
  }

  private static RequestPattern of(String method, String path) {
    if (path.isEmpty() || path.startsWith("/") || path.startsWith("_matrix")) {
      throw new IllegalArgumentException(
          "a path begins behind the version of the API, as rooms/*/send/** does, got " + path);
    }
    return new RequestPattern(method, path, Optional.empty(), any -> true);
  }

  /** Returns the pattern of those requests that a user sent, or an application service as this user. */
  public RequestPattern by(UserId sender) {
    return new RequestPattern(method, path, Optional.of(sender), body);
  }

  /** Returns the pattern of those requests whose body, a text in JSON, passes a test. */
  public RequestPattern withBody(Predicate<String> test) {
    return new RequestPattern(method, path, user, Objects.requireNonNull(test, "test"));
  }

  /** Returns the method of the requests. */
  public String method() {
    return method;
  }

  /** Returns the pattern of the path. */
  public String path() {
    return path;
  }

  /** Returns whether a request matches, apart from its answer. */
  public boolean matches(ServedRequest request) {
    return method.equals(request.method())
        && matches(List.of(path.split("/", -1)), List.of(request.route().split("/", -1)))
        && user.stream().allMatch(sender -> request.user().equals(Optional.of(sender)))
        && body.test(request.body());
  }

  private static boolean matches(List<String> pattern, List<String> path) {
    for (int i = 0; i < pattern.size(); i++) {
      String part = pattern.get(i);
      if (part.equals("**")) {
        return true;
      }
      if (i >= path.size() || !(part.equals("*") || part.equals(path.get(i)))) {
        return false;
      }
    }
    return pattern.size() == path.size();
  }

  @Override
  public String toString() {
    return method + " " + path + user.map(sender -> " by " + sender).orElse("");
  }
}
