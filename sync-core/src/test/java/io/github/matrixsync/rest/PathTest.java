package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.rest.FakeEngine.Event;
import io.github.matrixsync.rest.FakeEngine.Messages;
import io.github.matrixsync.rest.FakeEngine.Room;
import io.github.matrixsync.rest.FakeEngine.Snapshot;
import io.github.matrixsync.rest.FakeEngine.Streamed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint and the id of a path. */
class PathTest {
  private final TestEdge edge = new TestEdge();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "events",
        "/Events",
        "/events?timeout=0",
        "/events/$e:h/",
        "/events/$e:h/x",
        "/events//",
        "/event",
        "/eventsx",
        "/%65vents",
        "/initialSync/",
        "/initialsync",
        "/initialSync/x",
        "/rooms",
        "/rooms/",
        "/rooms/!r:h",
        "/rooms/!r:h/",
        "/rooms/!r:h/state",
        "/rooms/!r:h/messages/",
        "/rooms/!r:h/initialSync/x",
        "/rooms/!r/:h/messages",
        "/publicRooms",
        "//events"
      })
  void get_pathOfNoEndpoint_isEmpty(String path) {
    assertThat(edge.knows(path)).isFalse();
  }

  @Test
  void get_pathOfAnEndpoint_asksForAliceWhatItNames() {
    edge.get("/events");
    edge.get("/initialSync");
    edge.get("/events/$e:h");
    edge.get("/rooms/!r:h/initialSync");
    edge.get("/rooms/!r:h/messages");

    assertThat(edge.engine.asked)
        .extracting(Record::getClass)
        .containsExactly(Streamed.class, Snapshot.class, Event.class, Room.class, Messages.class);
    assertThat(edge.engine.asked)
        .allSatisfy(call -> assertThat(call.toString()).contains("@alice:h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"!aB%3Ah", "%21aB%3Ah", "!aB:h", "%21aB%3ah", "%21%61%42%3A%68"})
  void room_anySpelling_isTheSameRoom(String segment) {
    edge.get("/rooms/" + segment + "/initialSync");
    edge.get("/rooms/" + segment + "/messages");

    RoomId room = RoomId.parse("!aB:h");
    assertThat(((Room) edge.engine.asked.get(0)).room()).isEqualTo(room);
    assertThat(((Messages) edge.engine.asked.get(1)).room()).isEqualTo(room);
  }

  @ParameterizedTest
  @CsvSource({
    "$a:h,          $a:h",
    "%24a%3Ah,      $a:h",
    "$a%2Fb:h,      $a/b:h",
    "$a%2fb,        $a/b",
    "$a+b,          $a+b",
    "$a%2Bb,        $a+b",
    "$a%252Fb,      $a%2Fb",
    "$%C3%A9:h,     $\u00e9:h",
    "$\u00e9%3Ah,   $\u00e9:h",
    "$a b:h,        $a b:h",
    "$a%20b,        $a b",
    "$a%0Ab,        '$a\nb'",
    "$%F0%9F%98%80, $\ud83d\ude00"
  })
  void event_percentEncoded_isDecodedOnce(String segment, String id) {
    edge.get("/events/" + segment);

    assertThat(edge.engine.only(Event.class).id()).isEqualTo(EventId.parse(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "$a%",
        "$a%2",
        "$a%zz",
        "$a%2g",
        "$a%g2",
        "$a% 2",
        "$a%-1",
        "$%u00e9",
        "$%FF",
        "$%C3",
        "$%C0%AF",
        "$%ED%A0%80",
        "$%F5%80%80%80",
        "$%41\ud800",
        "$%\uff12\uff10"
      })
  void segment_notPercentEncodedUtf8_isRefused(String segment) {
    for (String path : new String[] {
      "/events/" + segment, "/rooms/" + segment + "/messages", "/rooms/" + segment + "/initialSync"
    }) {
      Reply reply = edge.get(path);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
      assertThat(reply.error()).contains("path");
    }
    assertThat(edge.engine.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "$", "%24", "!a:h", "$a%00", "$\ud800"})
  void event_malformedId_isAsUnknown(String segment) {
    Reply unknown = edge.get("/events/$unknown:h");
    edge.engine.asked.clear();

    Reply reply = edge.get("/events/" + segment);

    assertThat(reply).isEqualTo(unknown);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errcode()).isEqualTo("M_NOT_FOUND");
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void event_idTooLong_isAsUnknown() {
    assertThat(edge.get("/events/$" + "a".repeat(255))).isEqualTo(edge.get("/events/$unknown:h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r:h", "!", "%23r:h", "$r:h", "!a%00:h"})
  void room_malformedId_isRefused(String segment) {
    for (String path :
        new String[] {"/rooms/" + segment + "/messages", "/rooms/" + segment + "/initialSync"}) {
      Reply reply = edge.get(path);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errcode()).isEqualTo("M_INVALID_PARAM");
    }
    assertThat(edge.engine.asked).isEmpty();
  }
}
