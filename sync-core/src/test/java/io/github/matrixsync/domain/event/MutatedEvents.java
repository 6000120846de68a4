package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.message;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes JSON of events with random changes, about half of which can still be parsed. */
public final class MutatedEvents {
  private static final List<String> EVENTS = List.of(
      message(
          "{\"body\":\"Hello \\ud83d\\ude00 \u20ac\",\"msgtype\":\"m.text\"}",
          ",\"age\":17,\"x\":[1,2.0,{}]"),
      message("{\"membership\":\"invite\",\"displayname\":null}", """
          ,"type":"m.room.member","state_key":"@bob:h",\
          "unsigned":{"age_ts":5,"invite_room_state":[{}]},"depth":3"""),
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
      "[".repeat(1_001),
      "\ufeff",
      "/*",
      "//");

  /** Members, each with the comma in front of it. */
  private static final List<String> MEMBERS = List.of(
      ",\"type\":\"m.room.member\"",
      ",\"content\":{}",
      ",\"content\":1",
      ",\"unsigned\":{\"age\":1}",
      ",\"unsigned\":{\"invite_room_state\":1e400}",
      ",\"state_key\":\"\\ud800\"",
      ",\"state_key\":null",
      ",\"redacts\":17",
      ",\"depth\":1e3",
      ",\"depth\":9223372036854775807",
      ",\"event_id\":\"$a/b%2F?#:h\"",
      ",\"room_id\":\"!other:h\"",
      ",\"\\u0061ge\":-5",
      ",\"membership\":{}",
      ",\"origin_server_ts\":-0",
      ",\"sender\":\"@\\u0022:h\"");

  private MutatedEvents() {}

  /**
   * Returns an event with up to three changes to its bytes.
   *
   * @param id the event's id, unless that is changed too
   * @param sender its sender, unless that is changed too
   */
  public static byte[] next(Random random, String id, String sender) {
    byte[] bytes = EVENTS
        .get(random.nextInt(EVENTS.size()))
        .replace("$e:h", id)
        .replace("@alice:h", sender)
        .getBytes(UTF_8);
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      int from = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, from + random.nextInt(6));
      bytes = switch (random.nextInt(9)) {
        case 0 -> replaced(bytes, from, to, new byte[] {(byte) random.nextInt(256)});
        case 1 -> replaced(bytes, from, to, new byte[0]);
        case 2 -> replaced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
        case 3 -> replaced(bytes, from, to, oneOf(PIECES, random));
        case 4 -> replaced(bytes, from, from, oneOf(PIECES, random));
        default -> replaced(bytes, bytes.length - 1, bytes.length - 1, oneOf(MEMBERS, random));
      };
    }
    return bytes;
  }

  private static byte[] oneOf(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size())).getBytes(UTF_8);
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(by);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
