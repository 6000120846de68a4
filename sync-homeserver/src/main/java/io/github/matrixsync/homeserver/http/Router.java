package io.github.matrixsync.homeserver.http;

import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Maps methods and path patterns to handlers. In a pattern {@code *} is one segment, and a last {@code **} any number.
 * Filled once, then read by all threads.
 *
 * @since 0.1.0
 */
public final class Router {
  /**
   * Answers a request or throws an {@link ApiError}. May block.
   *
   * @since 0.1.0
   */
  public interface Handler {
    Answer handle(Call call);
  }

  /**
   * Answers a request later, or throws an {@link ApiError}, with which the future may fail as well. Does not block.
   *
   * @since 0.1.0
   */
  public interface AsyncHandler {
    CompletableFuture<Answer> handle(Call call);
  }

  /**
   * The route that a request matched.
   *
   * @param pattern the pattern of its path
   * @param open the segments that the pattern left open
   * @param isUpload whether the body is a file, not JSON
   * @param handler answers the request
   * @since 0.1.0
   */
  public record Match(String pattern, List<String> open, boolean isUpload, AsyncHandler handler) {}

  /**
   * What a route answers.
   *
   * @param method of the requests
   * @param pattern of the paths
   * @since 0.1.0
   */
  public record Endpoint(String method, String pattern) {}

  private record Route(
      String method, String pattern, List<String> parts, boolean isUpload, AsyncHandler handler) {}

  private final List<Route> routes = new ArrayList<>();

  /** Creates a router without routes. */
  public Router() {}

  public void add(String method, String pattern, Handler handler) {
    addAsync(method, pattern, now(handler));
  }

  /** Adds a route whose answers come later. */
  public void addAsync(String method, String pattern, AsyncHandler handler) {
    add(method, pattern, false, handler);
  }

  /** Adds a route whose requests have a file as their body. */
  public void addUpload(String method, String pattern, Handler handler) {
    add(method, pattern, true, now(handler));
  }

  private static AsyncHandler now(Handler handler) {
    return call -> CompletableFuture.completedFuture(handler.handle(call));
  }

  private void add(String method, String pattern, boolean isUpload, AsyncHandler handler) {
    List<String> parts = List.of(pattern.split("/", -1));
    routes.add(new Route(method, pattern, parts, isUpload, handler));
  }

  /** Returns what the routes answer, in the order in which they are tried. */
  public List<Endpoint> endpoints() {
    return routes.stream()
        .map(route -> new Endpoint(route.method(), route.pattern()))
        .toList();
  }

  /**
   * Returns the route of a request.
   *
   * @param segments the decoded segments after the prefix
   * @throws ApiError if the path matches no pattern, or only with other methods
   */
  public Match find(String method, List<String> segments) {
    boolean known = false;
    for (Route route : routes) {
      Optional<List<String>> open = match(route.parts(), segments);
      if (open.isPresent() && route.method().equals(method)) {
        return new Match(route.pattern(), open.get(), route.isUpload(), route.handler());
      }
      known |= open.isPresent();
    }
    throw ApiError.of(known ? 405 : 404, "M_UNRECOGNIZED", "Unrecognized request");
  }

  private static Optional<List<String>> match(List<String> pattern, List<String> segments) {
    List<String> open = new ArrayList<>();
    for (int i = 0; i < pattern.size(); i++) {
      String part = pattern.get(i);
      if (part.equals("**")) {
        open.addAll(segments.subList(Math.min(i, segments.size()), segments.size()));
        return Optional.of(open);
      }
      if (i >= segments.size() || !(part.equals("*") || part.equals(segments.get(i)))) {
        return Optional.empty();
      }
      if (part.equals("*")) {
        open.add(segments.get(i));
      }
    }
    return segments.size() == pattern.size() ? Optional.of(open) : Optional.empty();
  }
}
