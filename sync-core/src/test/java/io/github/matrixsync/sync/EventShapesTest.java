package io.github.matrixsync.sync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The formats of events that a filter can request. */
class EventShapesTest {
  private final SyncHost host = new SyncHost();

  @BeforeEach
  void createTheRoom() {
    host.host.room(ROOM, ALICE);
    host.message(ROOM, ALICE);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  @DisplayName("Y66: the members that event_fields names, and those that are always there")
  void sync_eventFields_leavesOutOtherMembers() {
    SyncResponse answer =
        host.sync(ALICE, null, SyncHost.filter("{\"event_fields\":[\"content.body\"]}"));

    assertThat(last(answer).json().toString())
        .contains("\"event_id\":\"$e4:h\"", "\"type\":\"m.room.message\"", "\"body\":\"hi\"")
        .doesNotContain("msgtype", "origin_server_ts", "unsigned");
  }

  @Test
  @DisplayName("Y65: the form of federation has the room and the host's other members")
  void sync_formatOfFederation_hasTheRoom() {
    SyncResponse answer =
        host.sync(ALICE, null, SyncHost.filter("{\"event_format\":\"federation\"}"));

    assertThat(last(answer).json().toString()).contains("\"room_id\":\"!r:h\"");
    assertThat(last(host.sync(ALICE, null)).json().toString()).doesNotContain("room_id");
  }

  private static ClientEvent last(SyncResponse answer) {
    List<ClientEvent> events = answer.rooms().join().get(ROOM).timeline().events();
    return events.get(events.size() - 1);
  }
}
