package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.testkit.http.RequestPattern;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The routes of the API of a world, without their prefixes. Immutable. */
final class Routes {
  private static final int SHOWN = 5;

  /** How many different characters another method counts as. */
  private static final int OTHER_METHOD = 2;

  /** One route; a segment of the path is {@code *} if it may be anything. */
  private record Route(String method, List<String> segments) {
    @Override
    public String toString() {
      return method + " " + String.join("/", segments);
    }
  }

  private final List<Route> all;

  Routes(List<Api> apis) {
    Set<String> names = new TreeSet<>();
    for (Api api : apis) {
      String prefix = api.prefix().startsWith("/_matrix/client")
          ? ""
          : api.prefix().replaceFirst("^/(_matrix/)?", "") + "/";
      for (Router.Endpoint endpoint : api.router().endpoints()) {
        names.add(endpoint.method() + " " + prefix + endpoint.pattern());
      }
    }
    all = names.stream().map(Routes::route).toList();
  }

  private static Route route(String name) {
    int space = name.indexOf(' ');
    return new Route(name.substring(0, space), List.of(name.substring(space + 1).split("/", -1)));
  }

  List<String> names() {
    return all.stream().map(Route::toString).toList();
  }

  /** Returns a pattern if a request can match it. */
  RequestPattern require(RequestPattern pattern) {
    List<String> segments = List.of(pattern.path().split("/", -1));
    boolean isPossible = all.stream()
        .anyMatch(route ->
            route.method().equals(pattern.method()) && overlap(route.segments(), segments));
    if (!isPossible) {
      throw new IllegalArgumentException(
          "no request matches " + pattern + "; the nearest routes are " + nearest(pattern));
    }
    return pattern;
  }

  private static boolean overlap(List<String> one, List<String> other) {
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      if (isRest(one, i) || isRest(other, i)) {
        return true;
      }
      if (i >= one.size() || i >= other.size() || !overlap(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRest(List<String> segments, int index) {
    return index < segments.size() && segments.get(index).equals("**");
  }

  private static boolean overlap(String one, String other) {
    return one.equals("*") || other.equals("*") || one.equals(other);
  }

  /** Returns the routes that are nearest to a pattern: by method and first segment, and if equal there, as a whole. */
  private List<Route> nearest(RequestPattern pattern) {
    String first = pattern.path().split("/", -1)[0];
    Comparator<Route> byBeginning = Comparator.comparingInt(
        route -> (route.method().equals(pattern.method()) ? 0 : OTHER_METHOD)
            + distance(route.segments().get(0), first));
    String wanted = pattern.method() + " " + pattern.path();
    return all.stream()
        .sorted(byBeginning.thenComparingInt(route -> distance(route.toString(), wanted)))
        .limit(SHOWN)
        .toList();
  }

  /** Returns how many characters must be added, removed or replaced to make one text of the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
