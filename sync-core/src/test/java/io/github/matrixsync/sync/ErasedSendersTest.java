package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.SyncHost.number;
import static io.github.matrixsync.sync.SyncHost.timeline;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code /sync} shows of the events of an erased user: all to those who were there, the rest to others. */
class ErasedSendersTest {
  private static final String SECRET =
      "{\"body\":\"secret\",\"topic\":\"secret\",\"url\":\"mxc://secret/1\"}";

  private final SyncHost host = new SyncHost();

  @BeforeEach
  void createTheRoom() {
    host.host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private EventId secret() {
    return host.append(host.host.world.event(ROOM, ALICE, "m.room.message", "", SECRET));
  }

  private static String json(SyncResponse answer) {
    JoinedRoom room = answer.rooms().join().get(ROOM);
    return Stream.concat(room.timeline().events().stream(), room.state().stream())
        .map(event -> event.json().toString())
        .toList()
        .toString();
  }

  @Test
  void sync_firstAnswerToANewcomer_hasNoContent() {
    host.state(ROOM, ALICE, "m.room.topic", SECRET);
    EventId message = secret();
    host.host.join(ROOM, CAROL);
    String before = json(host.sync(CAROL, null));
    host.host.settings.erase(ALICE);

    String after = json(host.sync(CAROL, null, timeline("\"limit\":2")));

    assertThat(before).contains("secret");
    assertThat(after).contains(message.value()).contains("m.room.topic").doesNotContain("secret");
    assertThat(json(host.sync(BOB, null, timeline("\"limit\":2")))).contains("secret");
  }

  @Test
  void sync_incrementOfANewcomer_hasNoContent() {
    StreamToken token = host.first(CAROL);
    EventId message = secret();
    host.host.join(ROOM, CAROL);
    host.host.settings.erase(ALICE);

    assertThat(json(host.sync(CAROL, token))).contains(message.value()).doesNotContain("secret");
  }

  @Test
  void sync_incrementOfWhoWasThere_hasTheContent() {
    StreamToken token = host.first(BOB);
    secret();
    host.host.settings.erase(ALICE);

    assertThat(json(host.sync(BOB, token))).contains("secret");
  }

  @Test
  @DisplayName("the entry that an event replaced is of before the viewer's time, the event is not")
  void sync_entryReplacedThatIsOlderThanTheViewersStay_isWithoutContent() {
    host.state(ROOM, ALICE, "m.room.topic", SECRET);
    host.host.join(ROOM, CAROL);
    StreamToken bobs = host.first(BOB);
    StreamToken carols = host.first(CAROL);
    host.host.settings.erase(ALICE);
    EventId topic = host.state(ROOM, BOB, "m.room.topic", "{\"topic\":\"new\"}");

    assertThat(json(host.sync(BOB, bobs))).contains(topic.value()).contains("secret");
    assertThat(json(host.sync(CAROL, carols))).contains(topic.value()).doesNotContain("secret");
  }

  /** The filter must not tell either that there was a URL. */
  @Test
  void sync_filterOnUrls_knowsNoneInWhatIsNotShown() {
    EventId message = secret();
    host.host.join(ROOM, CAROL);
    SyncOptions withUrl = timeline("\"contains_url\":true,\"types\":[\"m.room.message\"]");
    SyncOptions withoutUrl = timeline("\"contains_url\":false,\"types\":[\"m.room.message\"]");
    assertThat(SyncText.of(host.sync(CAROL, null, withUrl), ROOM))
        .startsWith("join [" + number(message) + "]");
    host.host.settings.erase(ALICE);

    assertThat(SyncText.of(host.sync(CAROL, null, withUrl), ROOM)).startsWith("join []");
    assertThat(SyncText.of(host.sync(CAROL, null, withoutUrl), ROOM))
        .startsWith("join [" + number(message) + "]");
    assertThat(SyncText.of(host.sync(BOB, null, withUrl), ROOM))
        .startsWith("join [" + number(message) + "]");
  }

  /** The departure ends the timeline of a room that was left, also if other events are deeper. */
  @Test
  void sync_departureThatIsNotDeep_endsTheTimelineAllTheSame() {
    host.append(host.host.world.event(ROOM, ALICE, "m.room.message", "\"depth\":50,", "{}"));
    EventId deep =
        host.append(host.host.world.event(ROOM, ALICE, "m.room.message", "\"depth\":51,", "{}"));
    EventId leave = host.append(host.host.world.event(
        ROOM,
        BOB,
        "m.room.member",
        "\"depth\":3,\"state_key\":\"" + BOB + "\",",
        "{\"membership\":\"leave\"}"));
    host.message(ROOM, ALICE);

    for (int limit : List.of(1, 2)) {
      SyncResponse answer = host.sync(
          BOB,
          null,
          SyncHost.filter(
              "{\"room\":{\"include_leave\":true,\"timeline\":{\"limit\":" + limit + "}}}"));

      String events = limit == 1 ? number(leave) : number(deep) + " " + number(leave);
      assertThat(SyncText.of(answer, ROOM)).startsWith("leave [" + events + "] limited");
    }
  }
}
