package io.github.matrixsync.rest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.Report;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sends the API document's example requests to an engine whose stores hold the events of its example answers: the
 * answers are those of the document, key by key and value by value. A report shows them side by side.
 */
class ApiDocumentTest {
  private static final UserId ALICE = UserId.parse("@alice:localhost");
  private static final UserId BOB = UserId.parse("@bob:localhost");
  private static final UserId OTHER_BOB = UserId.parse("@bob:matrix.org");

  /** The time of the snapshot, by the ages in it. */
  private static final Instant SNAPSHOT = Instant.ofEpochMilli(1_433_147_999_289L);

  private static final long FIRST_POSITION = 3448;

  private final MemoryEventStore events =
      MemoryEventStore.builder().firstPosition(FIRST_POSITION).build();
  private final MemoryPresenceStore presence = MemoryPresenceStore.startingAt(9);
  private Instant now = SNAPSHOT;
  private final SyncEngine engine = SyncEngine.builder(events)
      .presence(presence)
      .typing(MemoryTypingStore.create())
      .clock(() -> now)
      .build();
  private final RestEdge edge = RestEdge.of(engine);

  /** Appends the events of the snapshot's room, and one message to another room. */
  @BeforeEach
  void fill() {
    Map<String, @Nullable Object> room =
        JsonTree.objects(Examples.example("initial_sync"), "rooms").get(0);
    Map<String, Map<String, @Nullable Object>> state = new LinkedHashMap<>();
    JsonTree.objects(room, "state")
        .forEach(event -> state.put(event.get("type") + " " + event.get("state_key"), event));
    Map<String, @Nullable Object> bobs =
        Objects.requireNonNull(state.get("m.room.member @bob:localhost"));
    append(state.get("m.room.create "), Map.of());
    append(state.get("m.room.member @alice:localhost"), Map.of());
    append(state.get("m.room.power_levels "), Map.of());
    append(state.get("m.room.join_rules "), Map.of());
    append(bobs, Map.of("event_id", bobs.get("replaces_state")));
    append(bobs, Map.of());
    List<Map<String, @Nullable Object>> messages =
        JsonTree.objects(JsonTree.object(room, "messages"), "chunk");
    append(messages.get(0), Map.of("depth", 44L));
    append(messages.get(1), Map.of());
    append(Examples.example("event"), Map.of("origin_server_ts", 1L));
    presence.set(new PresenceChange(
        0,
        BOB,
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.of(SNAPSHOT.minusMillis(31_053)),
        Optional.of("Bob"),
        Optional.of("mxc://localhost/GCmhgzMPRjqgpODLsNQzVuHZ#auto")));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void initialSync_example_isAnsweredAsInTheDocument() {
    compare("initial_sync", get(ALICE, "/initialSync", "limit", "2"), Map.of());
  }

  @Test
  void events_example_isAnsweredAsInTheDocument() {
    Map<String, @Nullable Object> message =
        JsonTree.objects(Examples.example("events"), "chunk").get(0);
    long sent = (Long) Objects.requireNonNull(message.get("origin_server_ts"));
    append(message, Map.of());
    now = Instant.ofEpochMilli(sent + 32);

    compare("events", get(ALICE, "/events", "from", "s3456_9_0", "timeout", "35000"), Map.of());
  }

  /** Only {@code origin_server_ts} is added to the document's example. */
  @Test
  void event_example_isAnsweredAsInTheDocument() {
    compare(
        "event",
        get(OTHER_BOB, "/events/$asfDuShaf7Gafaw:matrix.org"),
        Map.of("origin_server_ts", "1"));
  }

  @Test
  void errors_thatTheDocumentNames_haveItsStatus() {
    assertThat(get(ALICE, "/events", "from", "bad").status()).isEqualTo(400);
    assertThat(get(ALICE, "/events/$no:such").status()).isEqualTo(404);
    assertThat(get(ALICE, "/events/$asfDuShaf7Gafaw:matrix.org").status()).isEqualTo(404);
  }

  /**
   * Appends the event that a client reads as {@code shown}, without the members that answers derive; its age begins
   * when it was sent.
   */
  private void append(
      @Nullable Map<String, @Nullable Object> shown, Map<String, @Nullable Object> other) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>(Objects.requireNonNull(shown));
    boolean hasAge = event.remove("age") != null;
    event.remove("replaces_state");
    event.putAll(other);
    if (hasAge) {
      event.put("unsigned", Map.of("age_ts", event.get("origin_server_ts")));
    }
    RawJson json = JsonTree.write(event);
    events.append(List.of(Append.live(RoomEvents.parse(json, SNAPSHOT))));
  }

  private Reply get(UserId user, String path, String... parameters) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], List.of(parameters[i + 1]));
    }
    RestRequest request = new RestRequest(path, query, user);
    try {
      return Reply.of(edge.get(request).orElseThrow().get(10, SECONDS));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void compare(String example, Reply reply, Map<String, String> beyond) {
    assertThat(reply.status()).isEqualTo(200);
    Map<String, String> theirs = values(Examples.example(example));
    Map<String, String> ours = values(reply.body());
    TreeSet<String> paths = new TreeSet<>(theirs.keySet());
    paths.addAll(ours.keySet());
    Report.write(
        example,
        paths.stream()
            .map(path -> path + " | " + theirs.getOrDefault(path, "-") + " | "
                + ours.getOrDefault(path, "-"))
            .collect(joining("\n", "path | the document's example | our answer\n", "")));
    theirs.putAll(beyond);
    assertThat(ours).isEqualTo(theirs);
  }

  /** Returns the value at each path; the path of a state event has its id, because state has no order. */
  private static Map<String, String> values(Map<String, @Nullable Object> body) {
    Map<String, String> values = new TreeMap<>();
    collect("", body, values);
    return values;
  }

  private static void collect(String path, @Nullable Object value, Map<String, String> values) {
    if (value instanceof Map<?, ?> object) {
      object.forEach((key, member) ->
          collect(path.isEmpty() ? key.toString() : path + "." + key, member, values));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(
            path + "[" + (path.endsWith("state") ? id(list.get(i)) : i) + "]", list.get(i), values);
      }
    } else {
      values.put(path, value instanceof String text ? "\"" + text + "\"" : String.valueOf(value));
    }
  }

  private static Object id(@Nullable Object event) {
    return Objects.requireNonNull(JsonTree.asObject(event).get("event_id"));
  }
}
