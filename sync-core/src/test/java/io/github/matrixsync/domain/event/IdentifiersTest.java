package io.github.matrixsync.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that exist are accepted; the grammar of new ids is a separate check. */
class IdentifiersTest {
  private static final String FACE = "\ud83d\ude00";

  static Stream<String> existingLocalparts() {
    return Stream.of(
        "plain",
        "with blank",
        " ",
        "tab\tand\nbreak",
        "\u0001\u007f\u0085",
        "\u00e9\u4e2d\u202e" + FACE,
        "irc_toto[z]",
        "Upper_CASE",
        "quote\"back\\slash",
        "\u00e9".repeat(252),
        FACE.repeat(252));
  }

  @ParameterizedTest
  @MethodSource("existingLocalparts")
  void parse_idThatRoomsHold_isAccepted(String local) {
    assertThat(UserId.parse("@" + local + ":h")).hasToString("@" + local + ":h");
    assertThat(RoomAlias.parse("#" + local + ":h")).hasToString("#" + local + ":h");
    assertThat(RoomId.parse("!" + local + ":h")).hasToString("!" + local + ":h");
    assertThat(RoomId.parse("!" + local)).hasToString("!" + local);
    assertThat(EventId.parse("$" + local + ":h")).hasToString("$" + local + ":h");
    assertThat(EventId.parse("$" + local)).hasToString("$" + local);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@:h", "@a:b:c", "@a:[::1]:80", "@a: ", "@ :\u0001"})
  void parse_userOfHistory_isAccepted(String id) {
    assertThat(UserId.parse(id)).hasToString(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@a\u0000b:h | has a NUL at 2",
        "@a:h\u0000b | has a NUL at 4",
        "@a\ud800b:h | has a lone surrogate at 2",
        "@a\udc00b:h | has a lone surrogate at 2",
        "@a | must end in ':' and a server name",
        "@a: | must end in ':' and a server name",
        "@ | must be '@' and at least one more character",
        "a:h | must be '@' and at least one more character",
        "!a:h | must be '@' and at least one more character"
      })
  void parse_noUserId_saysWhy(String id, String why) {
    assertThatThrownBy(() -> UserId.parse(id))
        .isInstanceOf(InvalidIdException.class)
        .hasMessageStartingWith("a user id " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0000", "a\u0000:h", "\ud800"})
  void parse_noOpaqueIdAndNoAlias_isRefused(String local) {
    assertThatThrownBy(() -> RoomId.parse("!" + local)).isInstanceOf(InvalidIdException.class);
    assertThatThrownBy(() -> EventId.parse("$" + local)).isInstanceOf(InvalidIdException.class);
    assertThatThrownBy(() ->
            RoomAlias.parse("#" + local + ":h".substring(0, local.isEmpty() ? 0 : 2)))
        .isInstanceOf(InvalidIdException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00e9", FACE})
  void parse_256CodePoints_isTooLong(String character) {
    String longest = character.repeat(252);

    assertThat(UserId.parse("@" + longest + ":h")).isNotNull();
    assertThatThrownBy(() -> UserId.parse("@" + longest + character + ":h"))
        .isInstanceOf(InvalidIdException.class)
        .hasMessageStartingWith("a user id is longer than 255 code points");
    assertThatThrownBy(() -> EventId.parse("$" + longest + character + ":hh"))
        .isInstanceOf(InvalidIdException.class)
        .hasMessageStartingWith("an event id is longer than 255 code points");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@a:h",
        "@a.b_c=d-e/f+0:example.org:8448",
        "@a:1.2.3.4",
        "@a:[2001:db8::1]:8448",
        "!AZaz09._~-:h",
        "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM",
        "$AZaz09._~-:h",
        "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk",
        "$acR1l0raoZnm60CBwAVgqbZqoO-mYU81xysh1u7XcJk",
        "#irc_#chan:h",
        "#\u4e2d\u6587:h"
      })
  void parseStrict_newId_isAccepted(String id) {
    assertThat(strict(id).apply(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@A:h",
        "@:h",
        "@a b:h",
        "@irc_toto[z]:h",
        "@\u00e9:h",
        "@a:h h",
        "@a:h:port",
        "@a:h:123456",
        "@a:b_c",
        "!a b:h",
        "!a!b:h",
        "!\u00e9",
        "$a b",
        "$a\tb:h",
        "#a b:h",
        "#a\u0001:h",
        "#:h",
        "#a:h/h"
      })
  void parseStrict_idThatOnlyExists_isRefused(String id) {
    assertThatThrownBy(() -> strict(id).apply(id))
        .isInstanceOf(InvalidIdException.class)
        .hasMessageContaining("that is new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "$", "!", "@"})
  void parseStrict_moreThan255Bytes_isRefused(String sigil) {
    String longest = sigil + "a".repeat(252) + ":h";

    assertThat(strict(sigil).apply(longest)).hasToString(longest);
    assertThatThrownBy(() -> RoomAlias.parseStrict("#" + "\u00e9".repeat(127) + ":h"))
        .isInstanceOf(InvalidIdException.class)
        .hasMessageStartingWith("a room alias that is new is longer than 255 bytes");
  }

  private static Function<String, Object> strict(String id) {
    return switch (id.charAt(0)) {
      case '@' -> UserId::parseStrict;
      case '!' -> RoomId::parseStrict;
      case '$' -> EventId::parseStrict;
      default -> RoomAlias::parseStrict;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "ABCDEFGHIJ", "with blank", ":@!", "\ud83d\ude00"})
  void device_anyText_isAccepted(String id) {
    assertThat(DeviceId.parse(id)).hasToString(id);
    assertThat(DeviceId.parse(FACE.repeat(512)).value()).hasSize(1024);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | must have at least one character",
        "a\u0000b | has a NUL at 1",
        "\ud800 | has a lone surrogate at 0",
        "\udc00 | has a lone surrogate at 0"
      })
  void device_emptyOrUnpaired_isRefused(String id, String why) {
    assertThatThrownBy(() -> DeviceId.parse(id))
        .isInstanceOf(InvalidIdException.class)
        .hasMessageStartingWith("a device id " + why);
  }

  @Test
  void device_tooLong_isRefused() {
    assertThatThrownBy(() -> DeviceId.parse("x".repeat(513)))
        .isInstanceOf(InvalidIdException.class)
        .hasMessageStartingWith("a device id is longer than 512 code points");
  }
}
