package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * The API document's example requests: each key of the example answers is in the server's, with a value of the same
 * kind; additional keys are listed here. A report shows the two side by side.
 */
class ExampleRequestsTest extends ServerTest {
  private Client alice = nobody;
  private Client bob = nobody;
  private String id = "";

  @BeforeAll
  void chat() {
    alice = nobody.register("alice");
    bob = nobody.register("bob");
    alice.put("/profile/@alice:localhost/avatar_url", "{'avatar_url':'mxc://localhost/a'}");
    id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
    bob.put("/profile/@bob:localhost/displayname", "{'displayname':'Bob'}");
    bob.put("/profile/@bob:localhost/avatar_url", "{'avatar_url':'mxc://localhost/b'}");
    bob.get("/events?timeout=0");
    alice.post(room(id, "/send/m.room.message"), "{'msgtype':'m.text','body':'foo'}");
    bob.post(room(id, "/send/m.room.message"), "{'msgtype':'m.text','body':'bar'}");
  }

  @Test
  void events_example_hasItsKeys() {
    String from = alice.get("/initialSync").json().path("end").asString();
    bob.post(room(id, "/send/m.room.message"), "{'msgtype':'m.text','body':'incoming message'}");
    compare(
        "events.json",
        alice.get("/events?from=" + from + "&timeout=35000").json(),
        Set.of(),
        Set.of());
  }

  @Test
  void initialSync_example_hasItsKeys() {
    // Neither is the document's: a server of that time had put the first into one room's event, and
    // a null there is no name.
    compare(
        "initial_sync.json",
        alice.get("/initialSync?limit=2").json(),
        Set.of("rooms.state.membership", "rooms.state.content.displayname"),
        Set.of("account_data", "receipts", "rooms.account_data"));
  }

  @Test
  void event_example_hasItsKeys() {
    String event = bob.post(
            room(id, "/send/m.room.message"), "{'msgtype':'m.text','body':'Hello world!'}")
        .json()
        .path("event_id")
        .asString();
    compare(
        "event.json",
        alice.get("/events/" + Client.encode(event)).json(),
        Set.of(),
        Set.of("age", "origin_server_ts"));
  }

  private static void compare(
      String example, JsonNode ours, Set<String> spared, Set<String> beyond) {
    Map<String, Set<JsonNode>> theirs = values(read(example));
    Map<String, Set<JsonNode>> found = values(ours);
    write(example, theirs, found);
    theirs.forEach((path, values) -> {
      if (!spared.contains(path)) {
        assertThat(kinds(found.getOrDefault(path, Set.of())))
            .as(example + ": " + path)
            .containsAll(kinds(values));
      }
    });
    assertThat(found.keySet().stream()
            .filter(path -> !theirs.containsKey(path) && !path.contains("content.")))
        .containsExactlyInAnyOrderElementsOf(beyond);
  }

  /** Writes both to a report. */
  private static void write(
      String example, Map<String, Set<JsonNode>> theirs, Map<String, Set<JsonNode>> ours) {
    Stream<String> rows = theirs.keySet().stream()
        .map(path -> path + " | " + theirs.get(path) + " | " + ours.getOrDefault(path, Set.of()));
    try {
      Path reports = Files.createDirectories(Path.of("target", "reports"));
      Files.write(
          reports.resolve(example + ".txt"),
          Stream.concat(Stream.of("path | the document's example | our answer"), rows)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<JsonNodeType> kinds(Set<JsonNode> values) {
    return values.stream().map(JsonNode::getNodeType).collect(Collectors.toSet());
  }

  /**
   * Returns the values at each path; of objects and lists only their kind. All members named by a user id have the same
   * path.
   */
  private static Map<String, Set<JsonNode>> values(JsonNode node) {
    Map<String, Set<JsonNode>> values = new TreeMap<>();
    collect(node, "", values);
    return values;
  }

  private static void collect(JsonNode node, String path, Map<String, Set<JsonNode>> values) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, path, values));
      return;
    }
    node.properties().forEach(member -> {
      String key = member.getKey().startsWith("@") ? "@user" : member.getKey();
      String below = path.isEmpty() ? key : path + "." + key;
      JsonNode value = member.getValue();
      JsonNode shown = value.isObject()
          ? Client.MAPPER.createObjectNode()
          : value.isArray() ? Client.MAPPER.createArrayNode() : value;
      values.computeIfAbsent(below, p -> new LinkedHashSet<>()).add(shown);
      collect(value, below, values);
    });
  }

  private static JsonNode read(String example) {
    try (InputStream in = ExampleRequestsTest.class.getResourceAsStream(example)) {
      return Client.MAPPER.readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
