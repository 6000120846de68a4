package io.github.matrixsync.domain;

import static io.github.matrixsync.domain.JsonEvents.NOW;
import static io.github.matrixsync.domain.JsonEvents.message;
import static io.github.matrixsync.domain.JsonEvents.redaction;
import static io.github.matrixsync.domain.JsonEvents.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.Redaction;
import io.github.matrixsync.store.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutated events: only {@link InvalidEventException} ever comes out of reading them, and whatever can be read can be shown. */
class RoomEventsFuzzTest {
  /** The seed of a failed run is in its message; {@code -Dfuzz.seed=...} runs it again. */
  private static final long SEED = Long.getLong("fuzz.seed", 20150918L);

  private static final int ROUNDS = 20_000;

  private static final List<String> EVENTS = List.of(
      message(
          "{\"body\":\"Hello \\ud83d\\ude00 \u20ac\",\"msgtype\":\"m.text\"}",
          ",\"age\":17,\"x\":[1,2.0,{}]"),
      message(
          "{\"membership\":\"invite\",\"displayname\":null}",
          ",\"type\":\"m.room.member\",\"state_key\":\"@bob:h\",\"unsigned\":{\"age_ts\":5,\"invite_room_state\":[{}]},\"depth\":3"),
      message(
          "{\"users\":{\"@a:h\":100},\"ban\":50}",
          ",\"type\":\"m.room.power_levels\",\"state_key\":\"\""),
      message(
          "{\"history_visibility\":\"joined\"}",
          ",\"type\":\"m.room.history_visibility\",\"state_key\":\"\""),
      message(
          "{\"reason\":\"r\",\"redacts\":\"$c:h\"}",
          ",\"type\":\"m.room.redaction\",\"redacts\":\"$t:h\""));

  private static final List<String> PIECES = List.of(
      "\"",
      "\\",
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      " ",
      "\n",
      "\0",
      "0",
      "-",
      "e400",
      ".",
      "null",
      "true",
      "{}",
      "\"\"",
      "\\u0000",
      "\\ud800",
      "\\udc00",
      "\ud83d\ude00",
      ",\"type\":\"m.room.member\"",
      ",\"content\":{}",
      ",\"content\":1",
      ",\"unsigned\":{\"age\":1}",
      ",\"unsigned\":{\"invite_room_state\":1e400}",
      ",\"state_key\":\"\\ud800\"",
      ",\"state_key\":null",
      ",\"redacts\":17",
      ",\"depth\":1e3",
      ",\"\\u0061ge\":-5",
      ",\"membership\":{}",
      ",\"origin_server_ts\":-0",
      ",\"sender\":\"@\\u0022:h\"",
      "[".repeat(1_001),
      "\ufeff",
      "/*",
      "//");

  @Test
  void parse_mutatedEvents_throwsNothingElseAndWhatIsReadCanBeShown() {
    Random random = new Random(SEED);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RawJson json = RawJson.of(mutated(random));
      try {
        read += showsIfRead(json) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + SEED + ", round " + round + ": " + json, e);
      }
    }
    assertThat(read).as("seed %d: events that could be read", SEED).isBetween(ROUNDS / 10, ROUNDS);
  }

  private static boolean showsIfRead(RawJson json) {
    RoomEvent event;
    try {
      event = RoomEvents.parse(json, NOW);
    } catch (InvalidEventException expected) {
      assertThat(expected.getMessage()).hasSizeLessThan(300);
      return false;
    }
    StoredEvent plain = stored(event, event.id(), null);
    StoredEvent redacted = stored(
        event, event.id(), new Redaction(redaction("$x:h", event.id().value(), "{}"), false));
    StoredEvent redactedByItself = stored(event, null, new Redaction(event, false));
    EncodedEvent shown = EventForm.V1.encode(plain, Optional.of(redacted));
    requireValid(shown);
    assertThat(json.toString()).contains(shown.content(NOW).toString());
    requireValid(EventForm.V1.encode(redacted, Optional.of(plain)));
    requireValid(EventForm.V1.encode(redactedByItself, Optional.empty()));
    return true;
  }

  private static void requireValid(EncodedEvent event) {
    RawJson json = readable(event.json(NOW));
    assertThat(Utf8.invalidAt(json.toByteArray())).isEqualTo(-1);
    assertThat(JsonTree.keys(json))
        .doesNotHaveDuplicates()
        .doesNotContain("sender", "unsigned", "depth");
    assertThat(JsonTree.object(json))
        .containsEntry("content", JsonTree.read(readable(event.content(NOW))));
  }

  /** The reader of this test refuses a lone surrogate in a name, which the library passes on. */
  private static RawJson readable(RawJson json) {
    return RawJson.of(Surrogates.masked(json.toByteArray(), 0, json.length()));
  }

  private static byte[] mutated(Random random) {
    byte[] bytes = EVENTS.get(random.nextInt(EVENTS.size())).getBytes(UTF_8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int from = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, from + random.nextInt(6));
      bytes = switch (random.nextInt(6)) {
        case 0 -> replaced(bytes, from, to, new byte[] {(byte) random.nextInt(256)});
        case 1 -> replaced(bytes, from, to, new byte[0]);
        case 2 -> replaced(bytes, from, from, java.util.Arrays.copyOfRange(bytes, from, to));
        case 3 -> replaced(bytes, from, to, piece(random));
        case 4 -> replaced(bytes, from, from, piece(random));
        default -> replaced(bytes, bytes.length - 1, bytes.length - 1, piece(random));
      };
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  private static byte[] piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(by);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
