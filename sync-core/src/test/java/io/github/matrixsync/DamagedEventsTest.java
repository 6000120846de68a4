package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event with damaged JSON is left out of every answer, counted and logged once, and fails no call. */
class DamagedEventsTest {
  private static final StreamToken BEGINNING = StreamToken.of(0, 0, 0);
  private static final EventId DAMAGED = EventId.parse("$damaged:h");
  private static final EventId SOUND = EventId.parse("$sound:h");
  private static final StreamOptions SERVICE = StreamOptions.DEFAULT.withService(
      ServiceNamespaces.of(List.of(), List.of(Pattern.compile("!r:h")), List.of()));
  private static final int LIMIT = 50;

  /** The kinds of answers that hold a topic of the room. */
  private enum In {
    STREAM_FROM_MEMORY,
    STREAM_FROM_STORE,
    ONE_BY_ONE_FROM_MEMORY,
    ONE_BY_ONE_FROM_STORE,
    PEEK,
    SERVICE_FROM_MEMORY,
    SERVICE_FROM_STORE,
    PAGE,
    SNAPSHOT_MESSAGES,
    SNAPSHOT_STATE,
    LEFT_ROOM_MESSAGES,
    LEFT_ROOM_STATE,
    ROOM_SNAPSHOT_MESSAGES,
    ROOM_SNAPSHOT_STATE
  }

  private final Host host = new Host();

  @RegisterExtension
  final Logged logged = new Logged();

  @BeforeEach
  void begin() {
    host.start(host.bare());
    host.world.create(ROOM, ALICE, "world_readable");
    host.join(ROOM, BOB);
  }

  @AfterEach
  void end() {
    host.close();
  }

  @ParameterizedTest
  @EnumSource(In.class)
  void answer_withADamagedEvent_hasTheOthers(In in) {
    append(DAMAGED, "m.room.topic", "{");
    append(SOUND, "m.room.name", "{\"content\":{\"name\":\"n\"}}");
    host.leave(ROOM, BOB);
    if (in.name().endsWith("FROM_STORE")) {
      host.start(host.bare());
    }

    List<EventId> answer = ids(answer(in));

    assertThat(answer).contains(SOUND).doesNotContain(DAMAGED);
    assertThat(ids(answer(in))).isEqualTo(answer);
    requireReported();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "null",
        "{\"a\":1",
        "{\"content\":1}",
        "{\"content\":\"x\"}",
        "{} {}"
      })
  void poll_anyDamage_isLeftOut(String json) {
    StreamToken before = host.here();
    append(DAMAGED, "m.room.topic", json);
    append(SOUND, "m.room.name", "{}");

    assertThat(ids(host.poll(ALICE, before).chunk())).containsExactly(SOUND);
    requireReported();
  }

  @Test
  void poll_bytesThatAreNoUtf8_areLeftOut() {
    StreamToken before = host.here();
    host.world.append(
        message(DAMAGED).json(RawJson.of(new byte[] {'{', (byte) 0xff, '}'})).build());

    assertThat(host.poll(ALICE, before).chunk()).isEmpty();
    assertThat(host.poll(ALICE, before).end()).isEqualTo(host.here());
    requireReported();
  }

  @Test
  void parkedPolls_damagedEvent_stayParkedAndGetTheNext() {
    StreamToken before = host.here();
    List<CompletableFuture<EventBatch>> polls = List.of(
        host.park(ALICE, before),
        host.park(BOB, before),
        host.engine().stream(
            BOB, before, Duration.ofSeconds(30), StreamOptions.DEFAULT.withLimit(1)));

    host.world.append(message(DAMAGED).json(RawJson.of("{")).build());
    assertThat(polls).noneMatch(CompletableFuture::isDone);
    host.world.append(message(SOUND).build());

    for (CompletableFuture<EventBatch> poll : polls) {
      assertThat(ids(Host.answered(poll).chunk())).containsExactly(SOUND);
    }
    requireReported();
  }

  @Test
  void getEvent_damaged_isAsUnknown() {
    append(DAMAGED, "m.room.topic", "{");

    assertThat(host.engine().getEvent(ALICE, DAMAGED)).isEmpty();
    requireReported();
  }

  @Test
  void replacedEventDamaged_successorComesWithoutItsContent() {
    append(DAMAGED, "m.room.topic", "{");
    StreamToken before = host.here();
    append(SOUND, "m.room.topic", "{\"content\":{\"topic\":\"t\"}}");

    Map<String, @Nullable Object> shown = only(host.poll(ALICE, before));

    assertThat(shown)
        .containsEntry("replaces_state", DAMAGED.value())
        .containsEntry("content", Map.of("topic", "t"))
        .doesNotContainKey("prev_content");
    requireReported();
  }

  @Test
  void redactionDamaged_itsTargetIsPrunedAndSaysWhatTheEnvelopeSays() {
    StreamToken before = host.here();
    host.world.append(
        message(SOUND).json(RawJson.of("{\"content\":{\"body\":\"b\"}}")).build());
    host.world.append(RoomEvent.builder(DAMAGED, ROOM, ALICE, "m.room.redaction")
        .redacts(SOUND)
        .json(RawJson.of("{"))
        .build());

    Map<String, @Nullable Object> shown = only(host.poll(ALICE, before));

    assertThat(shown).containsEntry("content", Map.of());
    assertThat(JsonTree.object(shown, "redacted_because"))
        .containsEntry("event_id", DAMAGED.value())
        .containsEntry("redacts", SOUND.value())
        .containsEntry("content", Map.of("redacts", SOUND.value()));
    requireReported();
  }

  @Test
  void senderErased_damagedEvent_isLeftOut() {
    StreamToken before = host.here();
    host.settings.erase(ALICE);
    append(DAMAGED, "m.room.topic", "{");
    append(SOUND, "m.room.name", "{\"content\":{\"name\":\"n\"}}");

    assertThat(ids(host.poll(CAROL, before, StreamOptions.DEFAULT.inRoom(ROOM)).chunk()))
        .containsExactly(SOUND);
    requireReported();
  }

  @Test
  void initialSync_inviteDamaged_roomIsListedWithoutIt() {
    host.world.append(RoomEvent.builder(DAMAGED, ROOM, ALICE, RoomEvent.MEMBER)
        .stateKey(CAROL.value())
        .membership(Membership.INVITE)
        .json(RawJson.of("{"))
        .build());

    RoomSnapshot room = host.engine().initialSync(CAROL, LIMIT).rooms().get(0);

    assertThat(room.membership()).contains(Membership.INVITE);
    assertThat(room.inviter()).contains(ALICE);
    assertThat(room.invite()).isEmpty();
    requireReported();
  }

  @Test
  void damagedJoin_stillCounts() {
    host.world.append(RoomEvent.builder(DAMAGED, ROOM, CAROL, RoomEvent.MEMBER)
        .stateKey(CAROL.value())
        .membership(Membership.JOIN)
        .json(RawJson.of("{"))
        .build());
    StreamToken before = host.here();
    host.world.append(message(SOUND).build());

    assertThat(ids(host.poll(CAROL, before).chunk())).containsExactly(SOUND);
  }

  private void append(EventId id, String type, String json) {
    host.world.append(RoomEvent.builder(id, ROOM, ALICE, type)
        .stateKey("")
        .json(RawJson.of(json))
        .build());
  }

  private static RoomEvent.Builder message(EventId id) {
    return RoomEvent.builder(id, ROOM, ALICE, "m.room.message");
  }

  /** Asserts that the damaged event was counted and logged, with its id and room, once. */
  private void requireReported() {
    assertThat(host.engine().statistics().damagedEvents()).isEqualTo(1);
    assertThat(logged.entries()).singleElement().asString().contains(DAMAGED.value(), ROOM.value());
  }

  private static Map<String, @Nullable Object> only(EventBatch batch) {
    assertThat(batch.chunk()).hasSize(1);
    return JsonTree.object(batch.chunk().get(0).json().toByteArray());
  }

  private static List<EventId> ids(List<ClientEvent> events) {
    return events.stream().map(event -> event.id().orElseThrow()).toList();
  }

  private List<ClientEvent> answer(In in) {
    SyncEngine engine = host.engine();
    return switch (in) {
      case STREAM_FROM_MEMORY, STREAM_FROM_STORE -> host.poll(ALICE, BEGINNING).chunk();
      case ONE_BY_ONE_FROM_MEMORY, ONE_BY_ONE_FROM_STORE -> oneByOne();
      case PEEK ->
        host.poll(CAROL, BEGINNING, StreamOptions.DEFAULT.inRoom(ROOM)).chunk();
      case SERVICE_FROM_MEMORY, SERVICE_FROM_STORE ->
        host.poll(World.user("bot"), BEGINNING, SERVICE).chunk();
      case PAGE -> engine.messages(ALICE, ROOM, MessagesOptions.backward(LIMIT)).chunk();
      case SNAPSHOT_MESSAGES -> entry(ALICE).messages().orElseThrow().chunk();
      case SNAPSHOT_STATE -> entry(ALICE).state();
      case LEFT_ROOM_MESSAGES -> entry(BOB).messages().orElseThrow().chunk();
      case LEFT_ROOM_STATE -> entry(BOB).state();
      case ROOM_SNAPSHOT_MESSAGES ->
        engine
            .roomInitialSync(ALICE, ROOM, LIMIT)
            .room()
            .messages()
            .orElseThrow()
            .chunk();
      case ROOM_SNAPSHOT_STATE ->
        engine.roomInitialSync(ALICE, ROOM, LIMIT).room().state();
    };
  }

  /** Polls with limit 1 until a batch is empty. */
  private List<ClientEvent> oneByOne() {
    List<ClientEvent> all = new ArrayList<>();
    StreamToken at = BEGINNING;
    for (int i = 0; i < 20; i++) {
      EventBatch batch = host.poll(ALICE, at, StreamOptions.DEFAULT.withLimit(1));
      all.addAll(batch.chunk());
      at = batch.end();
    }
    assertThat(at.room()).isEqualTo(host.events.watermark());
    return all;
  }

  private RoomSnapshot entry(UserId user) {
    return host.engine().initialSync(user, LIMIT).rooms().get(0);
  }
}
