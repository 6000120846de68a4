package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/** The API document's example requests: each key of its example answers is in ours, with a value of the same kind. */
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
    compare("events.json", alice.get("/events?from=" + from + "&timeout=35000").json(), Set.of());
  }

  @Test
  void initialSync_example_hasItsKeys() {
    // Neither is the document's: a server of that time had put the first into one room's event, and
    // a null there is no name.
    compare(
        "initial_sync.json",
        alice.get("/initialSync?limit=2").json(),
        Set.of("rooms.state.membership", "rooms.state.content.displayname"));
  }

  @Test
  void event_example_hasItsKeys() {
    String event = bob.post(
            room(id, "/send/m.room.message"), "{'msgtype':'m.text','body':'Hello world!'}")
        .json()
        .path("event_id")
        .asString();
    compare("event.json", alice.get("/events/" + Client.encode(event)).json(), Set.of());
  }

  private static void compare(String example, JsonNode ours, Set<String> spared) {
    Map<String, Set<JsonNodeType>> theirs = kinds(read(example));
    Map<String, Set<JsonNodeType>> found = kinds(ours);
    List<String> report = new ArrayList<>();
    theirs.forEach((path, kind) -> report.add(path + " " + kind + " | " + found.get(path)));
    System.out.println(example + "\n  " + String.join("\n  ", report));
    theirs.keySet().removeAll(spared);
    theirs.forEach((path, kind) ->
        assertThat(found.getOrDefault(path, Set.of())).as(example + ": " + path).containsAll(kind));
  }

  /** Returns the kinds of value at each path; the members of users and event types count as one. */
  private static Map<String, Set<JsonNodeType>> kinds(JsonNode node) {
    Map<String, Set<JsonNodeType>> kinds = new TreeMap<>();
    collect(node, "", kinds);
    return kinds;
  }

  private static void collect(JsonNode node, String path, Map<String, Set<JsonNodeType>> kinds) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, path, kinds));
      return;
    }
    node.properties().forEach(member -> {
      String key = member.getKey().startsWith("@") ? "@user" : member.getKey();
      String below = path.isEmpty() ? key : path + "." + key;
      kinds.computeIfAbsent(below, p -> new TreeSet<>()).add(member.getValue().getNodeType());
      collect(member.getValue(), below, kinds);
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
