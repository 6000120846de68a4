package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.encode;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the API document are encoded as they are in the document. */
class ExampleEventsTest {
  static Stream<Map<String, @Nullable Object>> roomEvents() {
    Map<String, @Nullable Object> room =
        JsonTree.objects(example("initial_sync"), "rooms").get(0);
    return Stream.of(
            JsonTree.objects(example("events"), "chunk"),
            JsonTree.objects(JsonTree.object(room, "messages"), "chunk"),
            JsonTree.objects(room, "state"))
        .flatMap(events -> events.stream());
  }

  @ParameterizedTest
  @MethodSource("roomEvents")
  void encode_exampleAsAHostHasIt_isTheExample(Map<String, @Nullable Object> example) {
    assertThat(encoded(JsonTree.write(example), example)).isEqualTo(example);
  }

  @ParameterizedTest
  @MethodSource("roomEvents")
  void encode_exampleAsAnotherServerSendsIt_isTheExample(Map<String, @Nullable Object> example) {
    Map<String, @Nullable Object> federated = new LinkedHashMap<>(example);
    federated.put("sender", federated.remove("user_id"));
    federated.put("unsigned", Map.of("age", Objects.requireNonNull(federated.remove("age"))));
    federated.remove("replaces_state");
    federated.put("depth", 12L);
    federated.put("origin", "localhost");
    for (String name :
        new String[] {"auth_events", "prev_events", "prev_state", "hashes", "signatures"}) {
      federated.put(name, Map.of());
    }

    assertThat(encoded(JsonTree.write(federated), example)).isEqualTo(example);
  }

  @Test
  void encode_exampleOfOneEvent_isTheExampleAndItsTime() {
    RoomEvent event = RoomEvent.builder(
            EventId.parse("$asfDuShaf7Gafaw:matrix.org"),
            RoomId.parse("!wfgy43Sg4a:matrix.org"),
            UserId.parse("@bob:matrix.org"),
            "m.room.message")
        .originServerTs(1432804485886L)
        .json(raw("event"))
        .build();
    Map<String, @Nullable Object> expected = new LinkedHashMap<>(example("event"));
    expected.put("origin_server_ts", 1432804485886L);

    assertThat(JsonTree.object(encode(stored(event)).json(NOW))).isEqualTo(expected);
  }

  @Test
  void presence_example_isTheExample() {
    EncodedEvent event = EphemeralEvents.presence(new PresenceChange(
        9,
        UserId.parse("@bob:localhost"),
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.of(NOW.minusMillis(31053)),
        Optional.of("Bob"),
        Optional.of("mxc://localhost/GCmhgzMPRjqgpODLsNQzVuHZ#auto")));

    assertThat(JsonTree.object(event.json(NOW)))
        .isEqualTo(JsonTree.objects(example("initial_sync"), "presence").get(0));
  }

  private static Map<String, @Nullable Object> encoded(
      RawJson json, Map<String, @Nullable Object> example) {
    String replaces = (String) example.get("replaces_state");
    EventId replaced = replaces == null ? null : EventId.parse(replaces);
    RoomEvent event = RoomEvents.parse(json, NOW);
    return JsonTree.object(encode(stored(event, replaced, null)).json(NOW));
  }

  private static Map<String, @Nullable Object> example(String name) {
    return JsonTree.object(raw(name));
  }

  private static RawJson raw(String name) {
    try (InputStream in = ExampleEventsTest.class.getResourceAsStream(name + ".json")) {
      return RawJson.of(Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
