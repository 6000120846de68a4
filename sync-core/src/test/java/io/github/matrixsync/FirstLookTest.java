package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user's first poll ends while the user's rooms are read: the look ends too and frees its thread. */
class FirstLookTest {
  private static final int MANY = 50;

  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<String> reads = new ArrayList<>();
  private SyncEngine engine = host.engine();

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB);
    engine = host.start(host.bare(events.store()).executor(tasks::add));
    run();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void cancel_duringTheFirstLook_readsTheRoomsOnceAndLeavesNothing() {
    endDuringTheFirstLook(poll -> poll.cancel(true));

    assertThat(reads).hasSize(1);
    assertThat(engine.hasNoPolls()).isTrue();
  }

  /** The host ends the poll as {@code orTimeout} does. */
  @Test
  void fail_duringTheFirstLook_readsTheRoomsOnceAndLeavesNothing() {
    endDuringTheFirstLook(poll -> poll.completeExceptionally(new TimeoutException()));

    assertThat(reads).hasSize(1);
    assertThat(engine.hasNoPolls()).isTrue();
  }

  @Test
  void close_duringTheFirstLook_readsTheRoomsOnceAndLeavesNothing() {
    endDuringTheFirstLook(poll -> engine.close());

    assertThat(reads).hasSize(1);
    assertThat(engine.hasNoPolls()).isTrue();
  }

  @Test
  void cancel_beforeTheFirstLookRuns_readsNothing() {
    CompletableFuture<EventBatch> poll = host.park(BOB, here());
    beforeMemberships(() -> {});
    poll.cancel(true);
    run();

    assertThat(reads).isEmpty();
    assertThat(engine.hasNoPolls()).isTrue();
  }

  @Test
  void cancel_duringTheFirstLook_theNextPollGetsWhatIsDue() {
    endDuringTheFirstLook(poll -> poll.cancel(true));
    CompletableFuture<EventBatch> next = host.park(BOB, here());
    run();
    host.message(ROOM, ALICE);
    run();

    assertThat(Host.answered(next).chunk()).hasSize(1);
  }

  private void endDuringTheFirstLook(Consumer<CompletableFuture<EventBatch>> end) {
    CompletableFuture<EventBatch> poll = host.park(BOB, here());
    beforeMemberships(() -> end.accept(poll));
    run();
    assertThat(poll).isDone();
  }

  /** Runs {@code first} before the first read of memberships; fails a read that comes after very many. */
  private void beforeMemberships(Runnable first) {
    events.before("memberships", () -> {
      reads.add("memberships");
      if (reads.size() == 1) {
        first.run();
      }
      assertThat(reads).hasSizeLessThan(MANY);
    });
  }

  private StreamToken here() {
    return StreamToken.of(host.events.watermark(), 0, 0);
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
