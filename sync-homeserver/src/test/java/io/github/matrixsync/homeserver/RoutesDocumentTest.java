package io.github.matrixsync.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.http.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document of all routes has those of the code. */
class RoutesDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "routes.md");
  private static final String HEADER = "| path | methods | below |\n|---|---|---|\n";

  /** Where a path is, and with which method. */
  private record Place(String path, String below) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byPath = path.compareTo(other.path);
      return byPath != 0 ? byPath : below.compareTo(other.below);
    }
  }

  /** Returns the table: one line for all methods of a path that have the same prefixes. */
  private static String table(Iterable<Api> apis) {
    Map<Place, TreeSet<String>> prefixes = new TreeMap<>();
    for (Api api : apis) {
      for (Router.Endpoint endpoint : api.router().endpoints()) {
        prefixes
            .computeIfAbsent(
                new Place(endpoint.pattern(), endpoint.method()), any -> new TreeSet<>())
            .add("`" + api.prefix().replaceFirst("^/_matrix/", "") + "`");
      }
    }
    Map<Place, TreeSet<String>> methods = new TreeMap<>();
    prefixes.forEach((place, all) -> methods
        .computeIfAbsent(new Place(place.path(), String.join(", ", all)), any -> new TreeSet<>())
        .add(place.below()));
    return methods.entrySet().stream()
        .map(entry -> "| `" + entry.getKey().path() + "` | " + String.join(", ", entry.getValue())
            + " | " + entry.getKey().below() + " |\n")
        .collect(Collectors.joining("", HEADER, ""));
  }

  @Test
  void document_ofAllRoutes_isThatOfTheCode() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(HEADER);
    String written = begin < 0 ? "" : document.substring(begin);
    try (TestServer server = new TestServer()) {
      String table = table(server.apis);

      assertThat(written)
          .as("the table at the end of docs/routes.md is to be replaced with:\n%s", table)
          .isEqualTo(table);
    }
  }
}
