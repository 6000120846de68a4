package io.github.matrixsync.examples.homeserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which request is answered by what: methods and path patterns, in which {@code *} stands for one segment. Filled once, then read by all threads. */
final class Router {
  /** Answers a request with the body of a 200, or throws an {@link ApiError}. */
  interface Handler {
    JsonNode handle(Call call);
  }

  /**
   * What a request was matched with.
   *
   * @param handler what answers it
   * @param path the segments that the pattern left open
   */
  record Match(Handler handler, List<String> path) {}

  private record Route(String method, List<String> pattern, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();

  void add(String method, String pattern, Handler handler) {
    routes.add(new Route(method, List.of(pattern.split("/", -1)), handler));
  }

  /**
   * Returns what answers a request; empty if nothing knows the path.
   *
   * @param segments the decoded segments behind the prefix
   * @throws ApiError if the path is known with other methods only
   */
  Optional<Match> find(String method, List<String> segments) {
    boolean known = false;
    for (Route route : routes) {
      Optional<List<String>> open = match(route.pattern(), segments);
      if (open.isPresent() && route.method().equals(method)) {
        return Optional.of(new Match(route.handler(), open.get()));
      }
      known |= open.isPresent();
    }
    if (known) {
      throw ApiError.of(405, "M_UNRECOGNIZED", "Unrecognized request");
    }
    return Optional.empty();
  }

  private static Optional<List<String>> match(List<String> pattern, List<String> segments) {
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    List<String> open = new ArrayList<>();
    for (int i = 0; i < pattern.size(); i++) {
      if (pattern.get(i).equals("*")) {
        open.add(segments.get(i));
      } else if (!pattern.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(open);
  }
}
