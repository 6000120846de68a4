package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.encode;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON is copied byte for byte as the host wrote it, in {@code content} and outside of it. */
public class EventFormBytesTest {
  public static List<String> values() {
    return List.of(
        "1e400",
        "-1E-400",
        "1.0",
        "1.10",
        "-0",
        "-0.0",
        "0e0",
        "12345678901234567890123456789012345678901234567890",
        "9".repeat(100_000),
        "0." + "3".repeat(100_000),
        "true",
        "false",
        "null",
        "\"\"",
        "\"\\ud800\"",
        "\"\\uDFFF\\ud83d\"",
        "\"\\ud83d\\ude00\"",
        "\"\ud83d\ude00 \u00e9 \u20ac\"",
        "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\\u0000\"",
        "\"\u2028\u2029\u007f\"",
        "\"}],\\\"\"",
        "\"" + "x".repeat(1 << 20) + "\"",
        "\"" + "\\\\".repeat(1 << 19) + "\"",
        "\"" + "\u20ac".repeat(1 << 19) + "\"",
        "{\"a\":1,\"a\":2,\"a\":1}",
        "{\"\":\"\",\"\\ud800\":1,\"\\u0061\":2,\"a\":3}",
        "{\"z\":1,\"a\":2,\"m\":3}",
        "{ \"a\" :\t[ 1 ,\r\n2 , { } ]\n}",
        "[]",
        "[[],{},[{}],\"\",0]",
        "[".repeat(900) + "]".repeat(900));
  }

  @ParameterizedTest
  @MethodSource("values")
  void content_anyValue_isByteForByteTheHosts(String value) {
    String content = "{ \"v\":" + value + " , \"w\" : " + value + "}";

    EncodedEvent event = encode(stored(parse(message(content, ""))));

    assertThat(event.content(NOW).equals(RawJson.of(content))).isTrue();
    assertThat(event.json(NOW).toString().contains(",\"content\":" + content + "}"))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("values")
  void json_anyValueBesideContent_isByteForByteTheHosts(String value) {
    EncodedEvent event =
        encode(stored(parse(message("{}", " , \"v\" :\n" + value + "\t,\"w\":" + value))));

    assertThat(event.json(NOW).toString().endsWith(",\"v\" :\n" + value + ",\"w\":" + value + "}"))
        .isTrue();
  }
}
