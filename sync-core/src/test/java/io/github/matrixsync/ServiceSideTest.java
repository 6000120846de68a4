package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.receipt;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static io.github.matrixsync.world.ServiceHost.GHOST;
import static io.github.matrixsync.world.ServiceHost.NAMED;
import static io.github.matrixsync.world.ServiceHost.OTHER_GHOST;
import static io.github.matrixsync.world.ServiceHost.SENDER;
import static io.github.matrixsync.world.ServiceHost.SERVICE;
import static io.github.matrixsync.world.ServiceHost.answer;
import static io.github.matrixsync.world.ServiceHost.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.ServiceHost;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Presence, typing, receipts and account data for an application service. */
class ServiceSideTest {
  private final ServiceHost service = new ServiceHost();
  private final Host host = service.host;

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void stream_typing_isOfItsRooms() {
    host.join(ROOM, GHOST);
    host.room(World.room("other"), ALICE);
    CompletableFuture<EventBatch> poll = service.park(host.here());
    host.types(World.room("other"), ALICE, Duration.ofHours(1));
    assertThat(poll).isNotDone();
    host.types(ROOM, ALICE, Duration.ofHours(1));
    assertThat(side(answer(poll))).containsExactly(typing(ROOM, ALICE));
  }

  @Test
  void stream_receipts_areOfItsRooms() {
    host.room(NAMED, ALICE);
    CompletableFuture<EventBatch> poll = service.park(host.here());
    host.reads(ROOM, ALICE, "e1");
    assertThat(poll).isNotDone();
    host.reads(NAMED, ALICE, "e2");
    assertThat(side(answer(poll))).containsExactly(receipt(NAMED, ALICE, "e2"));
  }

  @Test
  void stream_presence_isOfThoseInItsRooms() {
    host.room(NAMED, World.user("c"));
    StreamToken here = host.here();
    host.online(ALICE);
    host.online(World.user("c"));
    assertThat(side(service.poll(here))).containsExactly(present(World.user("c"), "online"));
  }

  @Test
  void stream_accountData_isNobodys() {
    host.join(ROOM, SENDER);
    StreamToken here = host.here();
    host.keeps(SENDER, ROOM, "m.tag", "{}");
    host.keeps(GHOST, null, "m.push", "{}");

    assertThat(service.poll(here).chunk()).isEmpty();
    assertThat(service.poll(here).end()).isEqualTo(host.here());
  }

  @Test
  void stream_afterTheLastGhostLeft_hasNothingOfTheRoom() {
    host.join(ROOM, GHOST);
    StreamToken here = host.here();
    EventId leave = host.leave(ROOM, GHOST);
    host.types(ROOM, ALICE, Duration.ofHours(1));
    host.online(ALICE);
    host.reads(ROOM, ALICE, "e1");
    EventBatch batch = service.poll(here);
    assertThat(ids(batch)).containsExactly(leave);
    assertThat(batch.end()).isEqualTo(host.here());
  }

  @Test
  void stream_roomBecomesOfInterest_hasWhatIsCurrentThere() {
    host.online(ALICE);
    host.types(ROOM, ALICE, Duration.ofHours(1));
    host.reads(ROOM, BOB, "e1");
    StreamToken here = host.here();
    host.join(ROOM, GHOST);

    assertThat(side(service.poll(here)))
        .containsExactly(present(ALICE, "online"), typing(ROOM, ALICE), receipt(ROOM, BOB, "e1"));
  }

  @Test
  void stream_senderIsTheFirstToCome_isSeenToo() {
    host.online(SENDER);
    StreamToken here = host.here();
    host.join(ROOM, SENDER);

    assertThat(side(service.poll(here))).containsExactly(present(SENDER, "online"));
  }

  @Test
  void stream_secondGhostComes_tellsNothingAgain() {
    host.online(ALICE);
    host.types(ROOM, ALICE, Duration.ofHours(1));
    host.join(ROOM, GHOST);
    StreamToken here = host.here();
    host.join(ROOM, OTHER_GHOST);

    assertThat(side(service.poll(here))).isEmpty();
  }

  @Test
  void stream_whoTypesLeaves_isNoLongerShownToType() {
    host.join(ROOM, GHOST);
    host.types(ROOM, ALICE, Duration.ofHours(1));
    StreamToken here = host.here();
    host.leave(ROOM, ALICE);

    assertThat(side(service.poll(here))).containsExactly(typing(ROOM));
  }

  @Test
  void stream_senderTypesAndLeavesARoomOfGhosts_isNoLongerShownToType() {
    host.join(ROOM, GHOST);
    host.join(ROOM, SENDER);
    host.types(ROOM, SENDER, Duration.ofHours(1));
    StreamToken here = host.here();
    host.leave(ROOM, SENDER);

    assertThat(side(service.poll(here))).containsExactly(typing(ROOM));
  }

  @Test
  void stream_somebodyComesIntoItsRoom_bringsTheirPresence() {
    host.room(NAMED, ALICE);
    host.online(CAROL);
    StreamToken here = host.here();
    host.join(NAMED, CAROL);

    assertThat(side(service.poll(here))).containsExactly(present(CAROL, "online"));
  }

  @Test
  void stream_cutByItsLimit_hasThePresenceOfWhoCame() {
    host.room(NAMED, ALICE);
    host.online(CAROL);
    StreamToken here = host.here();
    host.join(NAMED, CAROL);
    service.message(NAMED);

    EventBatch cut = host.poll(SENDER, here, SERVICE.withLimit(1));

    assertThat(side(cut)).containsExactly(present(CAROL, "online"));
    assertThat(side(service.poll(cut.end()))).isEmpty();
  }

  @Test
  void stream_ghostWithoutARoom_isNotSeen() {
    host.online(GHOST);
    host.online(SENDER);

    assertThat(service.poll(service.start).chunk()).isEmpty();
  }
}
