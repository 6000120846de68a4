package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.SyncHost.AFTER;
import static io.github.matrixsync.sync.SyncHost.number;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single rules of state and timelines. */
class StateRulesTest {
  private static final RoomId PRIVATE = World.room("private");

  private final SyncHost host = new SyncHost();

  @BeforeEach
  void createTheRoom() {
    host.host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private static List<EventId> ids(List<ClientEvent> events) {
    return events.stream().map(event -> event.id().orElseThrow()).toList();
  }

  @Test
  void state_ofATimelineThatIsNotLimited_isEmpty() {
    StreamToken token = host.first(BOB);
    EventId topic = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    EventId message = host.message(ROOM, ALICE);

    JoinedRoom room = host.sync(BOB, token).rooms().join().get(ROOM);

    assertThat(ids(room.timeline().events())).containsExactly(topic, message);
    assertThat(room.timeline().limited()).isFalse();
    assertThat(room.state()).isEmpty();
    assertThat(ids(host.sync(BOB, token, AFTER).rooms().join().get(ROOM).state()))
        .containsExactly(topic);
  }

  @Test
  void state_ofAFirstTimelineThatHasAll_isEmpty() {
    JoinedRoom room = host.sync(ALICE, null).rooms().join().get(ROOM);

    assertThat(room.timeline().events()).hasSize(4);
    assertThat(room.timeline().limited()).isFalse();
    assertThat(room.state()).isEmpty();
  }

  /** An emptied timeline is not limited, and the state is that of the end. */
  @Test
  void state_ofATimelineThatIgnoringEmptied_isThatOfTheEnd() {
    StreamToken token = host.first(BOB);
    host.host.settings.setIgnored(BOB, Set.of(ALICE));
    host.message(ROOM, ALICE);
    EventId topic = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    host.message(ROOM, ALICE);

    SyncOptions messages = SyncHost.timeline("\"types\":[\"m.room.message\"]");
    JoinedRoom room = host.sync(BOB, token, messages).rooms().join().get(ROOM);

    assertThat(room.timeline().events()).isEmpty();
    assertThat(room.timeline().limited()).isFalse();
    assertThat(ids(room.state())).containsExactly(topic);
  }

  @Test
  void state_hasNoPreviousContent_timelineHas() {
    host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"old\"}");
    EventId topic = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"new\"}");
    host.message(ROOM, ALICE);

    SyncOptions one = SyncHost.timeline("\"limit\":1");
    List<ClientEvent> state = host.sync(BOB, null, one).rooms().join().get(ROOM).state();
    SyncOptions two = SyncHost.timeline("\"limit\":2");
    ClientEvent shown =
        host.sync(BOB, null, two).rooms().join().get(ROOM).timeline().events().get(0);

    assertThat(state)
        .filteredOn(event -> event.id().orElseThrow().equals(topic))
        .hasSize(1);
    assertThat(state).noneMatch(event -> event.json().toString().contains("prev_content"));
    assertThat(state).noneMatch(event -> event.json().toString().contains("\"room_id\""));
    assertThat(shown.json().toString()).contains("\"prev_content\":{\"topic\":\"old\"}");
  }

  /** State that was set while the user was away is sent, although the events are not visible in the timeline. */
  @Test
  void state_setWhileTheViewerWasAway_isInStateThoughNotInTheTimeline() {
    host.host.world.create(PRIVATE, ALICE, "joined");
    host.member(PRIVATE, BOB, BOB, "join");
    StreamToken token = host.first(BOB);
    host.member(PRIVATE, BOB, BOB, "leave");
    EventId topic = host.state(PRIVATE, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    EventId hidden = host.message(PRIVATE, ALICE);
    EventId join = host.member(PRIVATE, BOB, BOB, "join");

    JoinedRoom room = host.sync(BOB, token).rooms().join().get(PRIVATE);

    assertThat(ids(room.timeline().events())).contains(join).doesNotContain(topic, hidden);
    assertThat(room.timeline().limited()).isTrue();
    assertThat(ids(room.state())).contains(topic).doesNotContain(join);
  }

  /** The replaced content is shown only to users who may see the replaced event. */
  @Test
  void previousContent_ofAnEventBeforeTheJoin_isLeftOut() {
    host.host.world.create(PRIVATE, ALICE, "joined");
    host.state(PRIVATE, ALICE, "m.room.topic", "{\"topic\":\"secret\"}");
    host.member(PRIVATE, BOB, BOB, "join");
    host.state(PRIVATE, ALICE, "m.room.topic", "{\"topic\":\"new\"}");

    String ofBob = newest(BOB).json().toString();

    assertThat(ofBob).doesNotContain("secret").contains("\"replaces_state\":");
    assertThat(newest(ALICE).json().toString()).contains("\"prev_content\":{\"topic\":\"secret\"}");
  }

  private ClientEvent newest(UserId user) {
    List<ClientEvent> events =
        host.sync(user, null).rooms().join().get(PRIVATE).timeline().events();
    return events.get(events.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.call.invite", "m.room.aliases", "other"})
  void timeline_eventOfAnyType_isShown(String type) {
    StreamToken token = host.first(BOB);
    EventId event = host.append(host.host.world.event(ROOM, ALICE, type, "", "{}"));

    assertThat(ids(host.sync(BOB, token).rooms().join().get(ROOM).timeline().events()))
        .containsExactly(event);
  }

  @Test
  void state_limitOfItsFilter_isIgnored() {
    host.message(ROOM, ALICE);
    String filter = "{\"room\":{\"timeline\":{\"limit\":1},\"state\":{\"limit\":1}}}";

    assertThat(host.sync(BOB, null, SyncHost.filter(filter))
            .rooms()
            .join()
            .get(ROOM)
            .state())
        .hasSize(4);
  }

  @Test
  void members_lazilyLoadedWithAnEmptyTimeline_areTheViewerAndTheHeroes() {
    host.state(ROOM, ALICE, "m.room.name", "{\"name\":\"N\"}");
    host.host.join(ROOM, CAROL);
    String lazy = "{\"room\":{\"timeline\":{\"types\":[]},\"state\":{\"lazy_load_members\":true}}}";

    List<ClientEvent> state =
        host.sync(BOB, null, SyncHost.filter(lazy)).rooms().join().get(ROOM).state();

    assertThat(state)
        .filteredOn(event -> event.type().equals("m.room.member"))
        .extracting(event -> event.content().toString(), event -> event.sender().orElseThrow())
        .containsExactly(tuple("{\"membership\":\"join\"}", BOB));
  }

  @Test
  void members_thatTheClientHas_areSentAgainOnRequest() {
    host.message(ROOM, ALICE);
    String again = "{\"room\":{\"state\":{\"lazy_load_members\":true,"
        + "\"include_redundant_members\":true}}}";
    SyncOptions once = SyncHost.lazy(10);
    StreamToken token = host.first(BOB, once);
    StreamToken redundant = host.first(BOB, SyncHost.filter(again));
    host.message(ROOM, ALICE);

    assertThat(host.sync(BOB, token, once).rooms().join().get(ROOM).state()).isEmpty();
    assertThat(host.sync(BOB, redundant, SyncHost.filter(again))
            .rooms()
            .join()
            .get(ROOM)
            .state())
        .hasSize(1);
  }

  /** A changed profile is one member event, and does not cause the full state to be sent. */
  @Test
  void state_ofAProfileChange_isTheEntryAlone() {
    StreamToken token = host.first(BOB);
    EventId renamed = host.append(host.host.world.event(
        ROOM,
        BOB,
        "m.room.member",
        "\"state_key\":\"@b:h\",",
        "{\"membership\":\"join\",\"displayname\":\"B\"}"));

    assertThat(SyncText.of(host.sync(BOB, token), ROOM))
        .startsWith("join [" + number(renamed) + "] from ")
        .doesNotContain("limited");
    assertThat(ids(host.sync(BOB, token, AFTER).rooms().join().get(ROOM).state()))
        .containsExactly(renamed);
  }
}
