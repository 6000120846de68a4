package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.receipt;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.HookedPresence;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.SteppedExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A user is banned, and then somebody types and sends a receipt, after a look has followed the rooms and before it
 * follows the other streams. The banned user sees nothing of it.
 */
class BanBeforeTypingTest {
  private final Host host = new Host();
  private final HookedPresence presence = new HookedPresence(host.presence);
  private final SteppedExecutor tasks = new SteppedExecutor(new Random(1));
  private StreamToken from = StreamToken.of(0, 0, 0);

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB, CAROL);
    from = host.here();
    host.start(host.full().presence(presence).executor(tasks));
    runTasks();
    poll(BOB);
    poll(CAROL);
    host.online(ALICE);
    presence.beforeNextChanges(() -> {
      host.world.append(host.world.member(ROOM, ALICE, BOB, "ban"));
      host.types(ROOM, ALICE, Duration.ofMinutes(1));
      host.reads(ROOM, ALICE, "read");
    });
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void runTasks() {
    while (tasks.step()) {
      // One after the other, until there are none.
    }
  }

  private EventBatch poll(UserId user) {
    CompletableFuture<EventBatch> poll = host.engine().stream(user, from, Duration.ZERO);
    runTasks();
    return answered(poll);
  }

  @Test
  void stream_bannedBetweenTheReads_seesNothingOfTheRoom() {
    EventBatch batch = poll(BOB);

    assertThat(side(batch)).isEmpty();
    assertThat(batch.chunk()).hasSize(1);
    assertThat(batch.end().room()).isEqualTo(host.events.watermark());
  }

  @Test
  void stream_whoIsStillThere_seesIt() {
    EventBatch batch = poll(CAROL);

    assertThat(side(batch))
        .containsExactly(
            present(ALICE, "online"), typing(ROOM, ALICE), receipt(ROOM, ALICE, "read"));
  }

  @Test
  void snapshot_bannedBetweenTheReads_seesNothingOfTheRoom() {
    CompletableFuture<InitialSync> taken =
        host.engine().initialSyncAsync(BOB, 0, SnapshotOptions.DEFAULT);
    runTasks();

    assertThat(taken).isDone();
    assertThat(taken.join().presence()).isEmpty();
    assertThat(taken.join().receipts()).hasValue(List.of());
    assertThat(taken.join().end().room()).isEqualTo(host.events.watermark());
  }
}
