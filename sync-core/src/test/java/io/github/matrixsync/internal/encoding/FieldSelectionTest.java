package io.github.matrixsync.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which members of an event stay. */
class FieldSelectionTest {
  private static final String EVENT =
      "{\"type\":\"t\",\"event_id\":\"$e\",\"sender\":\"@a:h\",\"state_key\":\"\","
          + "\"origin_server_ts\":1,\"content\":{\"body\":\"hi\",\"a.b\":1,\"a\":{\"b\":2,\"c\":[{\"d\":3}]},\"\":4,"
          + "\"x\\\\y\":5,\"n\":null},\"unsigned\":{\"age\":7}}";
  private static final String ALWAYS =
      "\"type\":\"t\",\"event_id\":\"$e\",\"sender\":\"@a:h\",\"state_key\":\"\"";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type|``",
        "event_id|``",
        "origin_server_ts|,\"origin_server_ts\":1",
        "content.body|,\"content\":{\"body\":\"hi\"}",
        "content.n|,\"content\":{\"n\":null}",
        "content.a.b|,\"content\":{\"a\":{\"b\":2}}",
        "content.a\\.b|,\"content\":{\"a.b\":1}",
        "content.a|,\"content\":{\"a\":{\"b\":2,\"c\":[{\"d\":3}]}}",
        "content.a.c|,\"content\":{\"a\":{\"c\":[{\"d\":3}]}}",
        "content.a.c.d|``",
        "content.a.z|``",
        "content.body.z|``",
        "content.z|``",
        "content.|,\"content\":{\"\":4}",
        "content.x\\\\y|,\"content\":{\"x\\\\y\":5}",
        "content.x\\y|,\"content\":{\"x\\\\y\":5}",
        "content.body\\|``",
        "unsigned|,\"unsigned\":{\"age\":7}",
        "unsigned.age|,\"unsigned\":{\"age\":7}",
        "CONTENT|``",
        "|``"
      })
  void select_onePath_keepsItsValueAndWhatIsNeeded(String path, String members) {
    RawJson selected =
        FieldSelection.of(List.of(path == null ? "" : path)).select(RawJson.of(EVENT));

    assertThat(selected).hasToString("{" + ALWAYS + members + "}");
  }

  @Test
  void select_pathsThatOverlap_keepsTheLarger() {
    FieldSelection selection =
        FieldSelection.of(List.of("content.a.b", "content.a", "content.body", "unsigned.z"));

    assertThat(selection.select(RawJson.of(EVENT)))
        .hasToString(
            "{" + ALWAYS + ",\"content\":{\"body\":\"hi\",\"a\":{\"b\":2,\"c\":[{\"d\":3}]}}}");
  }

  @Test
  void select_wholeContent_isByteForByte() {
    String content = "{ \"b\" : 1.50 ,\"a\":\"\\u00e9\\ud800\", \"a\":2 }";
    RawJson event = RawJson.of("{\"content\":" + content + ",\"age\":1}");

    assertThat(FieldSelection.of(List.of("content")).select(event))
        .hasToString("{\"content\":" + content + "}");
  }

  @Test
  void select_longPath_keepsTheWholeValueAtABound() {
    String event = "{\"a\":".repeat(12) + "1" + ",\"b\":2}".repeat(12);
    String path = "a.".repeat(11) + "a";

    String selected = FieldSelection.of(List.of(path)).select(RawJson.of(event)).toString();

    assertThat(selected)
        .isEqualTo("{\"a\":".repeat(12) + "1" + ",\"b\":2}".repeat(4) + "}".repeat(8));
  }

  @Test
  void select_eventOfAnAnswer_showsTheSelectedMembers() throws IOException {
    ClientEvent whole = EncodedEvent.of(
            EventForm.R0,
            JsonEvents.stored(
                JsonEvents.parse(JsonEvents.message("{\"body\":\"hi\"}", "")), JsonEvents.ID, null),
            Optional.empty())
        .at(JsonEvents.NOW);

    ClientEvent selected = FieldSelection.of(List.of("room_id")).select(whole);

    String json =
        "{\"type\":\"m.room.message\",\"event_id\":\"$e:h\",\"room_id\":\"!r:h\",\"sender\":\"@alice:h\"}";
    assertThat(selected.json()).hasToString(json);
    assertThat(selected.length()).isEqualTo(json.length());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    selected.writeTo(out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(json);
    assertThat(selected.id()).contains(EventId.parse("$e:h"));
    assertThat(selected.type()).isEqualTo(whole.type());
    assertThat(selected.room()).isEqualTo(whole.room());
    assertThat(selected.sender()).isEqualTo(whole.sender());
    assertThat(selected.content()).isEqualTo(whole.content());
    assertThat(selected).hasToString(whole.toString());
  }
}
