package io.github.matrixsync.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventFormBytesTest;
import io.github.matrixsync.event.RawJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where members of an object begin and end. */
class JsonReaderTest {
  static List<String> values() {
    return EventFormBytesTest.values();
  }

  @ParameterizedTest
  @MethodSource("values")
  void fields_anyValueAnywhere_hasExactlyItsBytes(String value) {
    for (String blank : new String[] {"", " ", "\r\n\t "}) {
      String json =
          "{#'a'#:#V#,#'b'#:#V#}#".replace("#", blank).replace('\'', '"').replace("V", value);

      Map<String, JsonField> fields = JsonReader.fields(RawJson.of(json));

      assertThat(fields).containsOnlyKeys("a", "b");
      assertThat(written(fields.get("a")).equals(value)).isTrue();
      assertThat(written(fields.get("b")).equals(value)).isTrue();
    }
  }

  @Test
  void fields_objectInAnObject_hasItsOwnMembers() {
    Map<String, JsonField> fields =
        JsonReader.fields(RawJson.of("{\"a\":1, \"b\": { \"c\" : \"\u20ac\" , \"d\":[2]} }"));

    Map<String, JsonField> inner = fields.get("b").fields();

    assertThat(inner).containsOnlyKeys("c", "d");
    assertThat(inner.get("c").text()).isEqualTo("\u20ac");
    assertThat(written(inner.get("d"))).isEqualTo("[2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " {} ", "\n{\t}\r"})
  void fields_emptyObject_areNone(String json) {
    assertThat(JsonReader.fields(RawJson.of(json))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("values")
  void elements_anyValueAnywhere_haveExactlyTheirBytes(String value) {
    for (String blank : new String[] {"", " ", "\r\n\t "}) {
      String json = "#[#V#,#[V]#,#V#]#".replace("#", blank).replace("V", value);

      List<JsonField> elements = JsonReader.value(RawJson.of(json)).elements();

      assertThat(elements).hasSize(3);
      assertThat(written(elements.get(0)).equals(value)).isTrue();
      assertThat(written(elements.get(1)).equals("[" + value + "]")).isTrue();
      assertThat(written(elements.get(2)).equals(value)).isTrue();
    }
  }

  @Test
  void elements_listInAList_areItsOwn() {
    JsonField inner =
        JsonReader.value(RawJson.of("[1,[true,\"a\"]]")).elements().get(1);

    assertThat(inner.isList()).isTrue();
    assertThat(inner.elements()).hasSize(2);
    assertThat(inner.elements().get(0).isBoolean()).isTrue();
    assertThat(inner.elements().get(0).isTrue()).isTrue();
    assertThat(inner.elements().get(1).isBoolean()).isFalse();
    assertThat(inner.elements().get(1).text()).isEqualTo("a");
    assertThat(JsonReader.value(RawJson.of(" [ ] ")).elements()).isEmpty();
  }

  private static String written(JsonField field) {
    return new String(field.bytes(), field.start(), field.end() - field.start(), UTF_8);
  }
}
