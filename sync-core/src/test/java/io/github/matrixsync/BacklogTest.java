package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A large append is followed page by page. */
class BacklogTest {
  private static final RoomId OTHER = World.room("other");
  private static final int PAGES = 3;

  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_dueInTheFirstPage_isAnsweredBeforeTheNextIsRead() {
    host.room(ROOM, ALICE, BOB);
    host.room(OTHER, ALICE);
    host.start(host.bare(events.store()));
    CompletableFuture<EventBatch> poll = host.park(BOB, null);
    List<Boolean> answeredBefore = new ArrayList<>();
    events.before("log", () -> answeredBefore.add(poll.isDone()));

    List<Append> batch = new ArrayList<>();
    batch.add(Append.live(host.world.message(ROOM, ALICE)));
    while (batch.size() < PAGES * 1_000) {
      batch.add(Append.live(host.world.message(OTHER, ALICE)));
    }
    host.events.append(batch);

    assertThat(Host.answered(poll).chunk()).hasSize(1);
    assertThat(answeredBefore).containsExactly(false, true, true);
  }
}
