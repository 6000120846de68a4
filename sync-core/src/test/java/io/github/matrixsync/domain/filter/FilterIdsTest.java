package io.github.matrixsync.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.matrixsync.domain.filter.InvalidFilterException.Reason;
import io.github.matrixsync.event.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that hold a filter. */
class FilterIdsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"room\" : {\"timeline\":{\"limit\":10}}, \"x\":[1.0,null] } ",
        "{\"presence\":{\"types\":[\"\u00e9\ud83d\ude00\"]}}"
      })
  void of_filter_isReadBackByteForByte(String text) {
    RawJson filter = RawJson.of(text);

    String id = FilterIds.of(filter);

    assertThat(id).matches("[A-Za-z0-9_-]+").isEqualTo(FilterIds.of(filter));
    assertThat(FilterIds.filterIn(id)).contains(filter);
  }

  /** A client that names every event type in every part sends about so much. */
  @Test
  void of_tenKilobytesOfTypes_isShortEnough() {
    String types = IntStream.range(0, 130)
        .mapToObj(i -> "\"m.room.some.event.type." + i + "\"")
        .collect(Collectors.joining(",", "{\"types\":[", "]}"));
    RawJson filter = RawJson.of("{\"room\":{\"state\":" + types + ",\"timeline\":" + types
        + ",\"ephemeral\":" + types + "}}");

    assertThat(filter.length()).isGreaterThan(10_000);
    assertThat(FilterIds.of(filter).length()).isLessThan(FilterIds.MAX_LENGTH);
    assertThat(FilterIds.filterIn(FilterIds.of(filter))).contains(filter);
  }

  @Test
  void of_filterThatNoIdHolds_isTooLarge() {
    InvalidFilterException e =
        catchThrowableOfType(InvalidFilterException.class, () -> FilterIds.of(random(6_000)));

    assertThat(e).hasMessage("a filter must have an id of at most 4096 characters");
    assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(FilterIds.of(random(2_500)).length()).isLessThanOrEqualTo(FilterIds.MAX_LENGTH);
  }

  /** Between these lengths the deflated bytes still fit into the buffer, and their text does not. */
  @Test
  void of_everyLengthAroundTheBound_isReadBackOrTooLarge() {
    for (int length = 3_500; length < 5_500; length += 50) {
      RawJson filter = random(length);
      try {
        assertThat(FilterIds.filterIn(FilterIds.of(filter))).contains(filter);
      } catch (InvalidFilterException e) {
        assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
      }
    }
  }

  @Test
  void of_noFilter_isRefused() {
    assertThatThrownBy(() -> FilterIds.of(RawJson.of("{\"room\":1}")))
        .isInstanceOf(InvalidFilterException.class)
        .hasMessage("room must be an object, got '1'");
  }

  @Test
  void filterIn_textThatHoldsNone_isEmpty() {
    String id = FilterIds.of(RawJson.of("{\"room\":{\"timeline\":{\"limit\":10}}}"));
    for (String text : new String[] {
      "",
      "0",
      "1",
      "{}",
      "nope",
      "\u00e9",
      id + "=",
      id + "A",
      id + id,
      id.substring(1),
      id.substring(0, 8),
      " " + id,
      id.replace(id.charAt(3), '+'),
      "A".repeat(FilterIds.MAX_LENGTH),
      "A".repeat(100_000),
      id("not JSON"),
      id("[]"),
      id("{\"room\":1}")
    }) {
      assertThat(FilterIds.filterIn(text)).as(text).isEmpty();
    }
    assertThat(FilterIds.filterIn(id("{}"))).contains(RawJson.of("{}"));
  }

  @Test
  void filterIn_idOfMuchMoreThanAFilter_isRefused() {
    for (int more : new int[] {1, 5_000, 2_000_000}) {
      String id = id("{" + " ".repeat(FilterSpec.MAX_BYTES - 2 + more) + "}");

      InvalidFilterException e =
          catchThrowableOfType(InvalidFilterException.class, () -> FilterIds.filterIn(id));

      assertThat(id.length()).isLessThan(FilterIds.MAX_LENGTH);
      assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
    }
    String longest = "{" + " ".repeat(FilterSpec.MAX_BYTES - 2) + "}";
    assertThat(FilterIds.filterIn(id(longest))).contains(RawJson.of(longest));
  }

  private static RawJson random(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder("{\"x\":\"");
    for (int i = 0; i < length; i++) {
      text.append((char) ('0' + random.nextInt(40)));
    }
    return RawJson.of(text.append("\"}").toString().replace("\\", "/"));
  }

  private static String id(String json) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(json.getBytes(StandardCharsets.UTF_8));
    deflater.finish();
    byte[] deflated = new byte[1 << 16];
    int length = deflater.deflate(deflated);
    deflater.end();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(deflated, length));
  }
}
