package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON and the age of one room event in every kind of answer, in the v1 form and in today's form. */
class AnswerFormsTest {
  private static final StreamToken BEGINNING = StreamToken.of(0, 0, 0);
  private static final EventId FIRST = EventId.parse("$first:h");
  private static final EventId SECOND = EventId.parse("$second:h");
  private static final EventId WHY = EventId.parse("$why:h");
  private static final int LIMIT = 50;

  /** The kinds of answers that hold a state event, and whether they show the content that it replaced. */
  private enum In {
    STREAM_FROM_MEMORY(true),
    STREAM_FROM_STORE(true),
    PEEK(true),
    PAGE(true),
    SNAPSHOT_MESSAGES(true),
    SNAPSHOT_STATE(false),
    LEFT_ROOM_MESSAGES(true),
    LEFT_ROOM_STATE(false),
    ROOM_SNAPSHOT_MESSAGES(true),
    ROOM_SNAPSHOT_STATE(false),
    SINGLE_EVENT(false);

    private final boolean withReplaced;

    In(boolean withReplaced) {
      this.withReplaced = withReplaced;
    }
  }

  private final Host host = new Host();

  /** Appends a topic that replaces another and was 7 ms old on arrival. Alice is joined; Bob was and has left. */
  @BeforeEach
  void begin() {
    host.start(host.bare());
    host.world.create(ROOM, ALICE, "world_readable");
    host.join(ROOM, BOB);
    topic(FIRST, "one", 5);
    topic(SECOND, "two", 7);
    host.leave(ROOM, BOB);
  }

  @AfterEach
  void end() {
    host.close();
  }

  private void topic(EventId id, String topic, long age) {
    append("""
        {"event_id":"%s","room_id":"%s","sender":"%s","type":"m.room.topic","state_key":"",
         "origin_server_ts":1,"depth":9,"hashes":{},"content":{"topic":"%s"},
         "unsigned":{"age":%d,"transaction_id":"t"}}
        """.formatted(id, ROOM, ALICE, topic, age));
  }

  private void redact(EventId target, long age) {
    append("""
        {"event_id":"%s","room_id":"%s","sender":"%s","type":"m.room.redaction","redacts":"%s",
         "origin_server_ts":2,"content":{"reason":"r","redacts":"%s"},"unsigned":{"age":%d}}
        """.formatted(WHY, ROOM, ALICE, target, target, age));
  }

  private void append(String json) {
    host.world.append(RoomEvents.parse(RawJson.of(json), host.now()));
  }

  static Stream<Arguments> answers() {
    return Stream.of(In.values())
        .flatMap(in -> Stream.of(EventForm.values()).map(form -> Arguments.of(in, form)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void stateEvent_inEveryAnswer_hasExactlyTheseFields(In in, EventForm form) {
    host.time.advance(Duration.ofMillis(100));

    assertThat(shown(in, form, SECOND)).isEqualTo(topic(form, in.withReplaced, 107));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void age_inEveryAnswer_isOfItsOwnMoment(In in, EventForm form) {
    assertThat(age(shown(in, form, SECOND), form)).isEqualTo(7L);

    host.time.advance(Duration.ofSeconds(3));

    assertThat(age(shown(in, form, SECOND), form)).isEqualTo(3_007L);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void age_ofRedactedEvent_isCountedForTheRedactionToo(In in, EventForm form) {
    redact(SECOND, 2);
    host.time.advance(Duration.ofMillis(40));

    Map<String, @Nullable Object> event = shown(in, form, SECOND);

    assertThat(age(event, form)).isEqualTo(47L);
    assertThat(age(JsonTree.object(computed(event, form), "redacted_because"), form))
        .isEqualTo(42L);
    assertThat(event).containsEntry("content", Map.of());
  }

  /** A sending server may claim an age below zero, and the clock may be set back. */
  @ParameterizedTest
  @MethodSource("answers")
  void age_thatHasNotComeYet_isZeroForTheRedactionToo(In in, EventForm form) {
    EventId late = EventId.parse("$late:h");
    host.join(ROOM, BOB);
    topic(late, "three", -1_000);
    redact(late, -5_000);
    host.leave(ROOM, BOB);

    Map<String, @Nullable Object> event = shown(in, form, late);

    assertThat(age(event, form)).isEqualTo(0L);
    assertThat(age(JsonTree.object(computed(event, form), "redacted_because"), form))
        .isEqualTo(0L);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void prevContent_ofARedactedEvent_isPruned(In in, EventForm form) {
    redact(FIRST, 2);

    Map<String, @Nullable Object> computed = computed(shown(in, form, SECOND), form);

    assertThat(computed).containsEntry("replaces_state", FIRST.value());
    assertThat(computed.get("prev_content")).isEqualTo(in.withReplaced ? Map.of() : null);
    assertThat(computed).doesNotContainKey("redacted_because");
  }

  @ParameterizedTest
  @EnumSource(EventForm.class)
  void firstOfItsKind_inTheStream_replacesNothing(EventForm form) {
    assertThat(computed(shown(In.STREAM_FROM_MEMORY, form, FIRST), form))
        .doesNotContainKeys("replaces_state", "prev_content");
  }

  /** All polls that wait for a plain message share its encoding; the age is that of the moment of each answer. */
  @ParameterizedTest
  @EnumSource(EventForm.class)
  void age_inAnAnswerThatManyWaitedFor_isOfItsOwnMoment(EventForm form) {
    host.join(ROOM, BOB);
    StreamOptions options = StreamOptions.DEFAULT.withForm(form);
    List<CompletableFuture<EventBatch>> polls = Stream.of(ALICE, BOB)
        .map(user -> host.engine().stream(user, host.here(), Duration.ofHours(1), options))
        .toList();
    host.time.advance(Duration.ofSeconds(1));

    append("""
        {"event_id":"$m:h","room_id":"%s","sender":"%s","type":"m.room.message",
         "origin_server_ts":1,"content":{},"unsigned":{"age":9}}
        """.formatted(ROOM, ALICE));

    for (CompletableFuture<EventBatch> poll : polls) {
      assertThat(age(JsonTree.object(poll.join().chunk().get(0).json().toByteArray()), form))
          .isEqualTo(9L);
    }
  }

  /** The invite is shown as current state is: with {@code replaces_state} and without {@code prev_content}. */
  @ParameterizedTest
  @EnumSource(EventForm.class)
  void invite_inTheSnapshot_hasTheStateThatCameWithIt(EventForm form) {
    host.leave(ROOM, CAROL);
    append("""
        {"event_id":"$i:h","room_id":"%s","sender":"%s","type":"m.room.member","state_key":"%s",
         "origin_server_ts":1,"content":{"membership":"invite"},
         "unsigned":{"age":1,"invite_room_state":[{"type":"m.room.name"}]}}
        """.formatted(ROOM, ALICE, CAROL));

    RoomSnapshot entry = host.engine()
        .initialSync(CAROL, LIMIT, SnapshotOptions.DEFAULT.withForm(form))
        .rooms()
        .get(0);

    Map<String, @Nullable Object> invite =
        JsonTree.object(entry.invite().orElseThrow().json().toByteArray());
    assertThat(invite).doesNotContainKey(form == EventForm.V1 ? "unsigned" : "invite_room_state");
    assertThat(computed(invite, form))
        .containsEntry("invite_room_state", List.of(Map.of("type", "m.room.name")))
        .containsKey("replaces_state")
        .doesNotContainKey("prev_content");
  }

  @Test
  void presence_inBothForms_looksTheSame() {
    host.start(host.full());
    host.online(ALICE);

    List<List<String>> chunks = Stream.of(EventForm.values())
        .map(form -> Host.side(
            host.poll(ALICE, StreamToken.of(0, 0, 0, 0, 0), StreamOptions.DEFAULT.withForm(form))))
        .toList();

    assertThat(chunks.get(0)).isNotEmpty().isEqualTo(chunks.get(1));
  }

  private static Map<String, @Nullable Object> topic(
      EventForm form, boolean withReplaced, long age) {
    Map<String, @Nullable Object> computed = new LinkedHashMap<>();
    computed.put("age", age);
    computed.put("replaces_state", FIRST.value());
    if (withReplaced) {
      computed.put("prev_content", Map.of("topic", "one"));
    }
    Map<String, @Nullable Object> event = new LinkedHashMap<>(Map.of(
        "type",
        "m.room.topic",
        "event_id",
        SECOND.value(),
        "room_id",
        ROOM.value(),
        "state_key",
        "",
        "origin_server_ts",
        1L,
        "content",
        Map.of("topic", "two")));
    if (form == EventForm.V1) {
      event.put("user_id", ALICE.value());
      event.putAll(computed);
    } else {
      event.put("sender", ALICE.value());
      if (form == EventForm.R0_WITH_USER_ID) {
        event.put("user_id", ALICE.value());
      }
      computed.put("transaction_id", "t");
      event.put("unsigned", computed);
    }
    if (!form.hasRoomId()) {
      event.remove("room_id");
    }
    if (form == EventForm.FEDERATION) {
      event.put("depth", 9L);
      event.put("hashes", Map.of());
    }
    return event;
  }

  private static Map<String, @Nullable Object> computed(
      Map<String, @Nullable Object> event, EventForm form) {
    return form == EventForm.V1 ? event : JsonTree.object(event, "unsigned");
  }

  private static @Nullable Object age(Map<String, @Nullable Object> event, EventForm form) {
    return computed(event, form).get("age");
  }

  private Map<String, @Nullable Object> shown(In in, EventForm form, EventId id) {
    if (in == In.STREAM_FROM_STORE) {
      host.start(host.bare());
    }
    return JsonTree.object(answer(in, form, id).stream()
        .filter(event -> event.id().filter(id::equals).isPresent())
        .map(event -> event.json().toByteArray())
        .findFirst()
        .orElseThrow());
  }

  private List<ClientEvent> answer(In in, EventForm form, EventId id) {
    SyncEngine engine = host.engine();
    StreamOptions stream = StreamOptions.DEFAULT.withForm(form);
    return switch (in) {
      case STREAM_FROM_MEMORY, STREAM_FROM_STORE ->
        host.poll(ALICE, BEGINNING, stream).chunk();
      case PEEK -> host.poll(CAROL, BEGINNING, stream.inRoom(ROOM)).chunk();
      case PAGE ->
        engine
            .messages(ALICE, ROOM, MessagesOptions.backward(LIMIT).withForm(form))
            .chunk();
      case SNAPSHOT_MESSAGES -> entry(ALICE, form).messages().orElseThrow().chunk();
      case SNAPSHOT_STATE -> entry(ALICE, form).state();
      case LEFT_ROOM_MESSAGES -> entry(BOB, form).messages().orElseThrow().chunk();
      case LEFT_ROOM_STATE -> entry(BOB, form).state();
      case ROOM_SNAPSHOT_MESSAGES ->
        engine
            .roomInitialSync(ALICE, ROOM, LIMIT, form)
            .room()
            .messages()
            .orElseThrow()
            .chunk();
      case ROOM_SNAPSHOT_STATE ->
        engine.roomInitialSync(ALICE, ROOM, LIMIT, form).room().state();
      case SINGLE_EVENT -> engine.getEvent(ALICE, id, form).stream().toList();
    };
  }

  private RoomSnapshot entry(UserId user, EventForm form) {
    return host.engine()
        .initialSync(user, LIMIT, SnapshotOptions.DEFAULT.withForm(form))
        .rooms()
        .get(0);
  }
}
