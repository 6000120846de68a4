package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.HookedDirectory;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which requests share a snapshot that is being taken. */
class SharedRunsTest {
  private static final int LIMIT = 5;
  private static final long TIMEOUT_SECONDS = 30;

  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final ForkJoinPool pool = new ForkJoinPool(2);

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB);
    host.start(SyncEngine.builder(events.store())
        .settings(host.settings)
        .scheduler(host.time)
        .executor(pool));
    events.before("state", () -> {
      reading.countDown();
      await(goOn);
    });
  }

  @AfterEach
  void close() {
    goOn.countDown();
    host.close();
    pool.shutdownNow();
  }

  @Test
  void initialSync_whileNothingMoves_isOneRun() {
    CompletableFuture<InitialSync> first = ask();
    await(reading);

    CompletableFuture<InitialSync> second = ask();
    goOn.countDown();

    assertThat(second.join()).isSameAs(first.join());
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void initialSync_afterAnAppend_isAnotherRunWithIt() {
    CompletableFuture<InitialSync> first = ask();
    await(reading);
    host.message(ROOM, ALICE);

    CompletableFuture<InitialSync> second = ask();
    goOn.countDown();

    assertThat(second.join().end().room()).isEqualTo(first.join().end().room() + 1);
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void initialSync_afterBackfill_isAnotherRun() {
    CompletableFuture<InitialSync> first = ask();
    await(reading);
    host.events.append(List.of(Append.backfill(host.world.message(ROOM, BOB), Optional.empty())));

    CompletableFuture<InitialSync> second = ask();
    goOn.countDown();

    assertThat(second.join()).isNotSameAs(first.join());
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void initialSync_afterASettingChanged_isAnotherRun() {
    CompletableFuture<InitialSync> first = ask();
    await(reading);
    host.settings.setIgnored(ALICE, Set.of(BOB));

    CompletableFuture<InitialSync> second = ask();
    goOn.countDown();

    assertThat(second.join()).isNotSameAs(first.join());
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void roomInitialSync_whileNothingMoves_isOneRun() {
    CompletableFuture<RoomInitialSync> first = askRoom();
    await(reading);

    CompletableFuture<RoomInitialSync> second = askRoom();
    goOn.countDown();

    assertThat(second.join()).isSameAs(first.join());
    assertThat(runs()).isEqualTo(1);
  }

  /** The directory does not signal changes, so a request after it was read takes a snapshot of its own. */
  @Test
  void initialSync_afterTheDirectoryWasRead_isAnotherRun() {
    HookedDirectory directory = new HookedDirectory();
    host.start(host.bare().directory(directory));
    List<CompletableFuture<InitialSync>> later = new ArrayList<>();
    directory.afterNext(() -> {
      directory.published.add(ROOM);
      later.add(ask());
    });

    assertThat(ask().join().rooms().get(0).published()).isFalse();

    assertThat(later.get(0).join().rooms().get(0).published()).isTrue();
  }

  @Test
  void roomInitialSync_afterTheDirectoryWasRead_isAnotherRun() {
    HookedDirectory directory = new HookedDirectory();
    host.start(host.bare().directory(directory));
    List<CompletableFuture<RoomInitialSync>> later = new ArrayList<>();
    directory.afterNext(() -> {
      directory.published.add(ROOM);
      later.add(askRoom());
    });

    assertThat(askRoom().join().room().published()).isFalse();

    assertThat(later.get(0).join().room().published()).isTrue();
  }

  private CompletableFuture<InitialSync> ask() {
    return host.engine().initialSyncAsync(ALICE, LIMIT, SnapshotOptions.DEFAULT);
  }

  private CompletableFuture<RoomInitialSync> askRoom() {
    return host.engine().roomInitialSyncAsync(ALICE, ROOM, LIMIT, EventForm.V1);
  }

  private long runs() {
    return host.engine().statistics().snapshots().runs();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
