package io.github.matrixsync.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entries a filter includes. */
class EventFilterTest {
  private static final RoomId ROOM = RoomId.parse("!r:h");
  private static final UserId ALICE = UserId.parse("@alice:h");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // filter | m.room.message of alice | m.room.name of bob | m.typing of nobody
        "{}|true|true|true",
        "{\"types\":[]}|false|false|false",
        "{\"types\":[\"m.room.message\"]}|true|false|false",
        "{\"types\":[\"m.room.name\",\"m.typing\"]}|false|true|true",
        "{\"types\":[\"m.room.*\"]}|true|true|false",
        "{\"types\":[\"*\"]}|true|true|true",
        "{\"types\":[\"m.room\"]}|false|false|false",
        "{\"types\":[\"*age\",\"*ping\"]}|true|false|true",
        "{\"types\":[\"m.*.message\"]}|true|false|false",
        "{\"types\":[\"M.ROOM.*\"]}|false|false|false",
        "{\"types\":[\"m?room.name\",\".*\",\"m.room.na\"]}|false|false|false",
        "{\"not_types\":[]}|true|true|true",
        "{\"not_types\":[\"m.room.name\"]}|true|false|true",
        "{\"not_types\":[\"m.*m*\"]}|false|false|true",
        "{\"not_types\":[\"*\"]}|false|false|false",
        "{\"types\":[\"m.room.*\"],\"not_types\":[\"m.room.name\"]}|true|false|false",
        "{\"types\":[\"m.room.name\"],\"not_types\":[\"m.room.name\"]}|false|false|false",
        "{\"types\":[\"m.room.name\"],\"not_types\":[\"m.room.*\"]}|false|false|false",
        "{\"senders\":[]}|false|false|false",
        "{\"senders\":[\"@alice:h\"]}|true|false|false",
        "{\"senders\":[\"@bob:h\",\"@carol:h\"]}|false|true|false",
        "{\"not_senders\":[]}|true|true|true",
        "{\"not_senders\":[\"@alice:h\"]}|false|true|true",
        "{\"senders\":[\"@alice:h\",\"@bob:h\"],\"not_senders\":[\"@bob:h\"]}|true|false|false",
        "{\"senders\":[\"@alice:h\"],\"types\":[\"m.room.name\"]}|false|false|false",
        "{\"senders\":[\"@alice:h\"],\"types\":[\"m.room.message\"]}|true|false|false",
        "{\"limit\":0}|true|true|true"
      })
  void matches_everyKindOfList_isByTypeAndSender(
      String json, boolean message, boolean name, boolean typing) {
    EventFilter filter = FilterSpec.parse("{\"presence\":" + json + "}").presence();
    RoomEventFilter ofRooms = RoomEventFilter.parse(json);

    assertThat(filter.matches("m.room.message", ALICE)).isEqualTo(message);
    assertThat(filter.matches("m.room.name", UserId.parse("@bob:h"))).isEqualTo(name);
    assertThat(filter.matches("m.typing")).isEqualTo(typing);
    assertThat(ofRooms.matches("m.room.message", ALICE)).isEqualTo(message);
    assertThat(ofRooms.matches("m.typing")).isEqualTo(typing);
    assertThat(ofRooms.matches(message("{}"))).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // filter | is unrestricted | accepts nothing
        "{}|true|false",
        "{\"limit\":0}|true|false",
        "{\"limit\":3,\"not_types\":[],\"not_senders\":[]}|true|false",
        "{\"types\":[\"*\"]}|true|false",
        "{\"types\":[]}|false|true",
        "{\"senders\":[]}|false|true",
        "{\"types\":[\"a\"]}|false|false",
        "{\"types\":[\"a\"],\"not_types\":[\"a\"]}|false|true",
        "{\"types\":[\"ab\",\"ac\"],\"not_types\":[\"a*\"]}|false|true",
        "{\"types\":[\"ab\",\"b\"],\"not_types\":[\"a*\"]}|false|false",
        "{\"types\":[\"a*\"]}|false|false",
        "{\"types\":[\"a*\"],\"not_types\":[\"*\"]}|false|true",
        "{\"not_types\":[\"*\"]}|false|true",
        "{\"not_types\":[\"a\"]}|false|false",
        "{\"senders\":[\"@a:h\"],\"not_senders\":[\"@a:h\",\"@b:h\"]}|false|true",
        "{\"senders\":[\"@a:h\"],\"not_senders\":[\"@b:h\"]}|false|false",
        "{\"senders\":[\"@a:h\"]}|false|false",
        "{\"not_senders\":[\"@a:h\"]}|false|false"
      })
  void isUnrestricted_andAcceptsNothing_areTold(
      String json, boolean unrestricted, boolean nothing) {
    EventFilter filter = FilterSpec.parse("{\"presence\":" + json + "}").presence();

    assertThat(filter.isUnrestricted()).isEqualTo(unrestricted);
    assertThat(filter.acceptsNothing()).isEqualTo(nothing);
    assertThat(RoomEventFilter.parse(json).isUnrestricted()).isEqualTo(unrestricted);
    assertThat(RoomEventFilter.parse(json).acceptsNothing()).isEqualTo(nothing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // lists | includes the room | is unrestricted | accepts nothing
        "\"limit\":1|true|true|false",
        "\"rooms\":[]|false|false|true",
        "\"rooms\":[\"!r:h\"]|true|false|false",
        "\"rooms\":[\"!other:h\"]|false|false|false",
        "\"not_rooms\":[\"!r:h\"]|false|false|false",
        "\"not_rooms\":[\"!other:h\"]|true|false|false",
        "\"rooms\":[\"!r:h\"],\"not_rooms\":[\"!r:h\"]|false|false|true"
      })
  void includes_listsOfRooms_hideTheRoomsEvents(
      String lists, boolean included, boolean unrestricted, boolean nothing) {
    RoomEventFilter filter = RoomEventFilter.parse("{" + lists + "}");

    assertThat(filter.includes(ROOM)).isEqualTo(included);
    assertThat(filter.matches(message("{}"))).isEqualTo(included);
    assertThat(filter.matches(stored(message("{}"), false))).isEqualTo(included);
    assertThat(filter.isUnrestricted()).isEqualTo(unrestricted);
    assertThat(filter.acceptsNothing()).isEqualTo(nothing);
    assertThat(FilterSpec.parse("{\"room\":{" + lists + "}}").room().includes(ROOM))
        .isEqualTo(included);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"content\":{\"url\":\"mxc://h/1\"}}|true",
        "{\"content\":{\"url\":\"\"}}|true",
        "{\"content\":{\"url\":1}}|false",
        "{\"content\":{\"url\":null}}|false",
        "{\"content\":{\"url\":{}}}|false",
        "{\"content\":{}}|false",
        "{\"content\":[\"url\"]}|false",
        "{\"url\":\"mxc://h/1\",\"content\":{\"info\":{\"url\":\"mxc://h/1\"}}}|false",
        "{}|false",
        "not JSON|false"
      })
  void matches_containsUrl_isByTheContentsUrl(String json, boolean hasUrl) {
    RoomEvent event = RoomEvent.builder(EventId.parse("$e"), ROOM, ALICE, "m.room.message")
        .json(RawJson.of(json))
        .build();
    RoomEventFilter with = RoomEventFilter.parse("{\"contains_url\":true}");
    RoomEventFilter without = RoomEventFilter.parse("{\"contains_url\":false}");

    assertThat(with.matches(event)).isEqualTo(hasUrl);
    assertThat(without.matches(event)).isEqualTo(!hasUrl);
    assertThat(with.matches(stored(event, false))).isEqualTo(hasUrl);
    assertThat(without.matches(stored(event, false))).isEqualTo(!hasUrl);
    assertThat(with.matches(stored(event, true))).isFalse();
    assertThat(without.matches(stored(event, true))).isTrue();
    assertThat(RoomEventFilter.ALL.matches(event)).isTrue();
    assertThat(RoomEventFilter.ALL.matches(stored(event, true))).isTrue();
    assertThat(with.isUnrestricted()).isFalse();
    assertThat(with.acceptsNothing()).isFalse();
  }

  @Test
  void matches_containsUrlAndOtherType_isFalse() {
    RoomEventFilter filter =
        RoomEventFilter.parse("{\"contains_url\":false,\"types\":[\"m.sticker\"]}");

    assertThat(filter.matches(message("{}"))).isFalse();
    assertThat(filter.matches(stored(message("{}"), false))).isFalse();
  }

  private static RoomEvent message(String content) {
    return RoomEvent.builder(EventId.parse("$e"), ROOM, ALICE, "m.room.message")
        .json(RawJson.of("{\"content\":" + content + "}"))
        .build();
  }

  private static StoredEvent stored(RoomEvent event, boolean redacted) {
    RoomEvent redaction = RoomEvent.builder(
            EventId.parse("$redaction"), ROOM, ALICE, RoomEvent.REDACTION)
        .redacts(event.id())
        .json(RawJson.of("{}"))
        .build();
    return new StoredEvent(
        event,
        EventKind.LIVE,
        1,
        1,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false,
        redacted ? Optional.of(new Redaction(redaction, false)) : Optional.empty());
  }
}
