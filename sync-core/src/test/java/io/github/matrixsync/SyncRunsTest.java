package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.operation.EngineStatistics.SnapshotRuns;
import io.github.matrixsync.operation.ReadSettings;
import io.github.matrixsync.sync.StateMode;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which first answers of /sync share a run, and that their bytes are counted with those of snapshots. */
class SyncRunsTest {
  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @BeforeEach
  void room() {
    host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void sync_identicalBeforeReading_isOneRun() {
    host.start(host.full().executor(tasks::add));
    runTasks();

    CompletableFuture<SyncResponse> first = sync(SyncOptions.DEFAULT);
    CompletableFuture<SyncResponse> second =
        sync(SyncOptions.DEFAULT.withPresence(Optional.empty()));
    runTasks();

    assertThat(second.join()).isSameAs(first.join());
    assertThat(counts().runs()).isOne();
    assertThat(counts().shared()).isOne();
  }

  @Test
  void sync_otherDeviceOrMode_isARunOfItsOwn() {
    host.start(host.full().executor(tasks::add));
    runTasks();

    List<CompletableFuture<SyncResponse>> answers = List.of(
        sync(SyncOptions.DEFAULT),
        sync(SyncOptions.DEFAULT.withDevice(DeviceId.parse("PHONE"))),
        sync(SyncOptions.DEFAULT.withStateMode(StateMode.AFTER)));
    runTasks();

    assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
    assertThat(counts().runs()).isEqualTo(3);
    assertThat(counts().shared()).isZero();
  }

  @Test
  void sync_afterReadingBegan_isTheNextRunWithWhatWasWritten() {
    host.start(host.bare(events.store()));
    List<CompletableFuture<SyncResponse>> second = new ArrayList<>();
    events.before("state", () -> {
      events.calm();
      host.message(ROOM, ALICE);
      second.add(sync(SyncOptions.DEFAULT));
    });

    SyncResponse first = sync(SyncOptions.DEFAULT).join();

    assertThat(second).singleElement().satisfies(answer -> {
      assertThat(answer).isCompleted();
      assertThat(answer.join().nextBatch().isAheadOf(first.nextBatch())).isTrue();
    });
    assertThat(counts().runs()).isEqualTo(2);
  }

  @Test
  void sync_moreBytesThanTheBudget_isRefused() {
    host.start(host.full().reads(ReadSettings.DEFAULT.withSnapshotBytes(1)));

    CompletableFuture<SyncResponse> refused = sync(SyncOptions.DEFAULT);

    assertThatThrownBy(refused::join).hasCauseInstanceOf(LimitExceededException.class);
    assertThat(counts().refused()).isOne();
    assertThat(counts().bytes()).isZero();
  }

  private CompletableFuture<SyncResponse> sync(SyncOptions options) {
    return host.engine().sync(BOB, null, Duration.ZERO, options);
  }

  private SnapshotRuns counts() {
    return host.engine().statistics().snapshots();
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
