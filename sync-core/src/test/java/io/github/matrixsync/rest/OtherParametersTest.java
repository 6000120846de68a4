package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.rest.FakeEngine.Messages;
import io.github.matrixsync.rest.FakeEngine.Snapshot;
import io.github.matrixsync.rest.FakeEngine.Streamed;
import io.github.matrixsync.store.model.Direction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accepted values of {@code dir}, {@code room_id} and {@code archived}, and parameters that are ignored. */
class OtherParametersTest {
  private static final String MESSAGES = "/rooms/!r:h/messages";

  private final TestEdge edge = new TestEdge();

  @Test
  void dir_absent_isBackward() {
    edge.get(MESSAGES);

    assertThat(edge.engine.only(Messages.class).options().direction())
        .isEqualTo(Direction.BACKWARD);
  }

  @ParameterizedTest
  @CsvSource({"f, FORWARD", "b, BACKWARD"})
  void dir_known_isTheDirection(String dir, Direction direction) {
    edge.get(MESSAGES, "dir", dir);

    assertThat(edge.engine.only(Messages.class).options().direction()).isEqualTo(direction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/initialSync", "/rooms/!r:h/initialSync"})
  void dir_knownWhereItIsOfNoUse_isIgnored(String path) {
    assertThat(edge.get(path, "dir", "f")).isEqualTo(edge.get(path, "dir", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/initialSync", "/rooms/!r:h/initialSync", MESSAGES})
  void dir_unknown_isRefused(String path) {
    for (String dir : new String[] {"", "F", "B", "x", "fb", "forward", " f"}) {
      assertInvalidParam(edge.get(path, "dir", dir));
    }
    assertInvalidParam(edge.get(path, "dir", "f", "dir", "f"));
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void roomId_absent_isEveryRoom() {
    edge.get("/events");

    assertThat(edge.engine.only(Streamed.class).options().room()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!r:h", "!opaque", "!r r:h"})
  void roomId_given_isThatRoom(String room) {
    edge.get("/events", "room_id", room);

    assertThat(edge.engine.only(Streamed.class).options().room()).contains(RoomId.parse(room));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r:h", "!", "#r:h", "!r\u0000r:h", "%21r:h", "!\ud800:h"})
  void roomId_malformed_isRefused(String room) {
    assertInvalidParam(edge.get("/events", "room_id", room));
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void roomId_givenTwice_isRefused() {
    assertInvalidParam(edge.get("/events", "room_id", "!r:h", "room_id", "!r:h"));
  }

  @ParameterizedTest
  @EnumSource
  void archived_absent_isTheSetting(LeftRooms setting) {
    TestEdge other = new TestEdge(RestSettings.DEFAULT.withLeftRooms(setting));

    other.get("/initialSync");

    assertThat(other.engine.only(Snapshot.class).options().leftRooms()).isEqualTo(setting);
  }

  @Test
  void archived_absentByDefault_listsLeftRooms() {
    edge.get("/initialSync");

    assertThat(edge.engine.only(Snapshot.class).options().leftRooms()).isEqualTo(LeftRooms.LISTED);
  }

  @ParameterizedTest
  @CsvSource({"true, LISTED", "false, HIDDEN"})
  void archived_given_overridesTheSetting(String archived, LeftRooms expected) {
    for (LeftRooms setting : LeftRooms.values()) {
      TestEdge other = new TestEdge(RestSettings.DEFAULT.withLeftRooms(setting));

      other.get("/initialSync", "archived", archived);

      assertThat(other.engine.only(Snapshot.class).options().leftRooms()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", "True", "1", "0", "yes", "banana"})
  void archived_neitherTrueNorFalse_isRefused(String archived) {
    assertInvalidParam(edge.get("/initialSync", "archived", archived));
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void archived_givenTwice_isRefused() {
    assertInvalidParam(edge.get("/initialSync", "archived", "true", "archived", "true"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/rooms/!r:h/initialSync", MESSAGES})
  void archived_whereNobodyReadsIt_isIgnored(String path) {
    assertThat(edge.get(path, "archived", "banana").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/events", "/initialSync", "/rooms/!r:h/initialSync", MESSAGES, "/events/$e:h"})
  void unknownParameters_anyValues_areIgnored(String path) {
    Reply plain = edge.get(path);

    assertThat(edge.get(
            path, "raw", "", "raw", "1", "access_token", "x", "user_id", "", "\u00e9", "?"))
        .isEqualTo(plain);
  }

  @Test
  void singleEvent_badParametersOfOtherEndpoints_areIgnored() {
    assertThat(edge.get("/events/$e:h", "from", "x", "limit", "x", "dir", "x").status())
        .isEqualTo(404);
  }

  @Test
  void parameters_badInSeveralWays_reportTheFirstInTheOrderOfOldServers() {
    String[] bad = {"dir", "x", "from", "x", "to", "x", "limit", "x", "timeout", "x", "room_id", "x"
    };
    for (int i = 0; i < bad.length; i += 2) {
      String[] rest = Arrays.copyOfRange(bad, i, bad.length);

      assertThat(edge.get("/events", rest).error()).contains(i == 10 ? "room id" : bad[i]);
    }
  }

  private static void assertInvalidParam(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_INVALID_PARAM");
  }
}
