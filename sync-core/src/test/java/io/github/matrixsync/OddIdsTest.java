package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.Host;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ids of a form that no server makes today but old rooms hold. */
class OddIdsTest {
  private static final RoomId ROOM = RoomId.parse("!odd room");
  private static final UserId ODD = UserId.parse("@ \u007f[\u00e9\u00e9]:h");

  private final Host host = new Host();

  @AfterEach
  void end() {
    host.close();
  }

  @Test
  void room_withAMemberOfAnOddId_isCompleteForEverybody() {
    host.engine();
    host.room(ROOM, ALICE);
    StreamToken before = host.engine().initialSync(ALICE, 1).end();
    EventId join = host.join(ROOM, ODD);
    host.message(ROOM, ODD);

    assertThat(host.poll(ALICE, before).chunk())
        .extracting(event -> event.sender().orElseThrow())
        .containsExactly(ODD, ODD);
    assertThat(host.engine().initialSync(ODD, 10).rooms().get(0).state())
        .extracting(ClientEvent::id)
        .contains(Optional.of(join));
    assertThat(host.engine().getEvent(ODD, join).orElseThrow().json())
        .satisfies(json -> assertThat(JsonTree.object(json.toByteArray()))
            .containsEntry("state_key", ODD.value()));
  }
}
