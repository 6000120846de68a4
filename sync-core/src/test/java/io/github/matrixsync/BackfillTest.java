package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.ServiceHost.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.sync.Timeline;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Backfill while polls are parked: the engine goes on answering from memory. */
class BackfillTest {
  private static final RoomId OTHER = World.room("other");
  private static final int WAITING = 1_000;

  private final Host host = new Host();
  private final CountingEvents counting = new CountingEvents(host.events, true);

  @AfterEach
  void close() {
    host.close();
  }

  /** The parked polls lag behind the end of the stream: the events since were not due to them. */
  @Test
  void stream_backfillComesWhileLaggingMembersWait_theNextMessageIsReadOnce() {
    UserId[] members =
        IntStream.range(0, WAITING).mapToObj(i -> World.user("m" + i)).toArray(UserId[]::new);
    host.room(ROOM, ALICE, members);
    host.room(OTHER, BOB);
    host.start(host.bare(counting.store()));
    StreamToken here = host.here();
    List<CompletableFuture<EventBatch>> parked =
        List.of(members).stream().map(member -> host.park(member, here)).toList();
    host.message(OTHER, BOB);
    backfill(host.world.message(OTHER, BOB));
    counting.reads.clear();

    EventId message = message();

    assertThat(parked).allSatisfy(poll -> assertThat(ids(answered(poll))).containsExactly(message));
    assertThat(counting.reads).as("%s reads", counting.reads.size()).containsExactly("log");
  }

  @Test
  void stream_backfillRedactsWhatIsInMemory_isShownPruned() {
    host.room(ROOM, ALICE, BOB);
    host.start(host.bare(counting.store()));
    StreamToken here = host.here();
    EventId target = message();
    EventId other = message();
    assertThat(host.poll(BOB, here).chunk().get(0).content().toString()).contains("hi");

    backfill(host.world.redaction(ROOM, ALICE, target));
    counting.reads.clear();

    EventBatch batch = host.poll(BOB, here);
    assertThat(ids(batch)).containsExactly(target, other);
    assertThat(batch.chunk().get(0).content()).hasToString("{}");
    assertThat(batch.chunk().get(1).content().toString()).contains("hi");
    assertThat(counting.reads).doesNotContain("log");
  }

  /** Without the purged event the store cannot tell which redaction applies to its copy in memory. */
  @Test
  void backfill_redactsAPurgedEvent_nothingIsShownFromMemory() {
    host.room(ROOM, ALICE, BOB);
    StreamToken here = host.here();
    EventId target = message();
    assertThat(host.poll(BOB, here).chunk().get(0).content().toString()).contains("hi");
    host.events.purge(host.events.watermark());

    backfill(host.world.redaction(ROOM, ALICE, target));
    EventId later = message();

    Timeline timeline = host.engine()
        .sync(BOB, here, Duration.ZERO)
        .join()
        .rooms()
        .join()
        .get(ROOM)
        .timeline();
    assertThat(timeline.limited()).isTrue();
    assertThat(timeline.events())
        .extracting(event -> event.id().orElseThrow())
        .containsExactly(later);
  }

  private EventId message() {
    RoomEvent message = host.world.message(ROOM, ALICE);
    host.world.append(message);
    return message.id();
  }

  private void backfill(RoomEvent event) {
    host.events.append(List.of(Append.backfill(event, Optional.of(HistoryVisibility.SHARED))));
  }
}
