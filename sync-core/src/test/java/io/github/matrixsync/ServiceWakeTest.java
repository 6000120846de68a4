package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.ServiceHost.ALIAS;
import static io.github.matrixsync.world.ServiceHost.GHOST;
import static io.github.matrixsync.world.ServiceHost.NAMED;
import static io.github.matrixsync.world.ServiceHost.answer;
import static io.github.matrixsync.world.ServiceHost.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.ServiceHost;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application service's parked polls. */
class ServiceWakeTest {
  private final ServiceHost service = new ServiceHost();
  private final Host host = service.host;

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void stream_withoutFrom_isNow() {
    host.join(ROOM, GHOST);
    CompletableFuture<EventBatch> poll = service.park(null);
    assertThat(poll).isNotDone();
    EventId message = service.message(ROOM);
    assertThat(ids(answer(poll))).containsExactly(message);
  }

  @Test
  void parked_messageInARoomOfAGhost_isWoken() {
    host.join(ROOM, GHOST);
    CompletableFuture<EventBatch> poll = service.park(host.here());
    EventId message = service.message(ROOM);
    assertThat(ids(answer(poll))).containsExactly(message);
  }

  @Test
  void parked_messageInANamedRoomOfStrangers_isWoken() {
    host.room(NAMED, ALICE);
    CompletableFuture<EventBatch> poll = service.park(host.here());
    EventId message = service.message(NAMED);
    assertThat(ids(answer(poll))).containsExactly(message);
  }

  @Test
  void parked_messageInARoomOfAnAlias_isWoken() {
    service.directory.addAlias(ROOM, ALIAS);
    CompletableFuture<EventBatch> poll = service.park(host.here());
    EventId message = service.message(ROOM);
    assertThat(ids(answer(poll))).containsExactly(message);
  }

  @Test
  void parked_ghostJoinsOrIsInvited_isWoken() {
    CompletableFuture<EventBatch> poll = service.park(host.here());
    EventId invite = service.append(host.world.member(ROOM, ALICE, GHOST, "invite"));
    assertThat(ids(answer(poll))).containsExactly(invite);

    poll = service.park(answer(poll).end());
    EventId join = host.join(ROOM, GHOST);
    assertThat(ids(answer(poll))).containsExactly(join);
  }

  @Test
  void parked_whatDoesNotConcernIt_leavesItParked() {
    CompletableFuture<EventBatch> poll = service.park(service.start);
    host.message(ROOM, ALICE);
    host.join(ROOM, World.user("c"));
    assertThat(poll).isNotDone();
    host.time.advance(Duration.ofSeconds(30));
    assertThat(answer(poll).chunk()).isEmpty();
    assertThat(answer(poll).end()).isEqualTo(host.here());
  }

  @Test
  void parked_engineCloses_isAnsweredWithNothing() {
    CompletableFuture<EventBatch> poll = service.park(service.start);
    assertThat(host.engine().parked()).isOne();
    host.engine().close();
    assertThat(answer(poll).chunk()).isEmpty();
    assertThat(host.engine().parked()).isZero();
  }

  @Test
  void cancelled_leavesNothing() {
    service.park(service.start).cancel(true);
    assertThat(host.engine().parked()).isZero();
  }
}
