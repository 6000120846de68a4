package io.github.matrixsync.rest;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.Host;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A kick that lost state resolution must not reach its target by the edge. A v1 client closes the room when it receives
 * a kick of its own user, although the user is still in the room by the snapshot.
 */
class StaleKickTest {
  private static final String KICK = "{\"type\":\"m.room.member\",\"event_id\":\"$e5:h\","
      + "\"room_id\":\"!r:h\",\"user_id\":\"@a:h\",\"state_key\":\"@b:h\",\"origin_server_ts\":1,"
      + "\"content\":{\"membership\":\"leave\"}";
  private static final String WITH_WHAT_STANDS =
      ",\"replaces_state\":\"$e4:h\",\"prev_content\":{\"membership\":\"join\"}}";

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void staleKick_ofAMember_isInHistoryAndNotInTheStream() throws IOException {
    host.room(ROOM, ALICE, BOB);
    RoomEvent kick = host.world.member(ROOM, ALICE, BOB, "leave");
    host.events.append(List.of(Append.live(kick, List.of())));

    assertThat(get(BOB, "/events", "from", "s4_0_0_0_0", "timeout", "0")).isEqualTo(events(""));
    assertThat(get(ALICE, "/events", "from", "s4_0_0_0_0", "timeout", "0"))
        .isEqualTo(events(KICK + WITH_WHAT_STANDS));
    assertThat(get(BOB, "/events/$e5:h")).isEqualTo(KICK + ",\"replaces_state\":\"$e4:h\"}");
    assertThat(get(BOB, "/initialSync", "limit", "1"))
        .contains(
            "\"membership\":\"join\",\"messages\":{\"chunk\":[" + KICK + WITH_WHAT_STANDS + "]")
        .containsOnlyOnce("\"$e5:h\"");
  }

  private static String events(String chunk) {
    return "{\"start\":\"s4_0_0_0_0\",\"end\":\"s5_0_0_0_0\",\"chunk\":[" + chunk + "]}";
  }

  private String get(UserId user, String path, String... namesAndValues) throws IOException {
    Map<String, List<String>> query = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RestEdge.of(host.engine())
        .get(new RestRequest(path, query, user))
        .orElseThrow()
        .join()
        .writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
