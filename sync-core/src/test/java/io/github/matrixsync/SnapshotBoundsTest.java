package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.operation.ReadSettings;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.world.HookedDirectory;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Weighed;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound on the bytes that concurrent snapshots hold. */
class SnapshotBoundsTest {
  private static final int LIMIT = 10;

  private static final int FIRST_PAGE = 32;

  private final Host host = new Host();
  private final HookedDirectory directory = new HookedDirectory();

  @BeforeEach
  void fill() {
    host.room(ROOM, ALICE, BOB);
    for (int i = 0; i < 5; i++) {
      host.message(ROOM, ALICE);
    }
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void snapshotBytes_exactlyTheBound_isServedAndOneByteLessIsRefused() {
    long weight = weight();

    start(weight);
    assertThat(host.engine().initialSync(ALICE, LIMIT).rooms()).hasSize(1);
    start(weight - 1);

    assertRefused(ALICE);
    assertThat(snapshots().refused()).isOne();
    assertThat(snapshots().bytes()).isZero();
  }

  @Test
  void snapshotBytes_whileAnotherIsTaken_countTogether() {
    start(2 * weight() - 1);
    List<Throwable> failures = new ArrayList<>();
    directory.afterNext(() -> failures.add(failure(BOB)));
    assertThat(host.engine().initialSync(ALICE, LIMIT).rooms()).hasSize(1);

    assertThat(failures).singleElement().isInstanceOf(LimitExceededException.class);
    assertThat(host.engine().initialSync(BOB, LIMIT).rooms()).hasSize(1);
  }

  @Test
  void snapshotBytes_whileAnotherIsTaken_exactlyBothAreServed() {
    start(2 * weight());
    List<InitialSync> both = new ArrayList<>();
    directory.afterNext(() -> both.add(host.engine().initialSync(BOB, LIMIT)));
    both.add(host.engine().initialSync(ALICE, LIMIT));

    assertThat(both).hasSize(2);
  }

  @Test
  void snapshotBytes_ofOneRoom_countToo() {
    long weight = weight();
    start(weight / 2);

    assertThatThrownBy(() -> host.engine().roomInitialSync(ALICE, ROOM, LIMIT))
        .isInstanceOf(LimitExceededException.class);
    assertThat(host.engine().roomInitialSync(ALICE, ROOM, 0)).isNotNull();
  }

  /** Messages are read for one viewer alone if the viewer ignores a sender; they count like cached ones. */
  @Test
  void snapshotBytes_readForTheViewerAlone_countToo() {
    host.message(ROOM, BOB);
    long ofAll = weight();
    host.settings.setIgnored(ALICE, Set.of(BOB));
    long ofAlice = weight();
    host.settings.setIgnored(ALICE, Set.of(CAROL));

    assertThat(ofAlice).isBetween(ofAll / 2, ofAll - 1);
    assertThat(weight()).isEqualTo(ofAll);
  }

  /** A snapshot of many rooms counts its bytes while it reads, and ends as soon as there are too many. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void snapshotBytes_ofManyRooms_endTheReadingOnceTheyAreTooMany(boolean isKept) {
    for (int i = 0; i < 400; i++) {
      host.room(World.room("many" + i), ALICE, BOB);
    }
    host.settings.setIgnored(ALICE, isKept ? Set.of() : Set.of(BOB));
    Weighed weighed = new Weighed(host.events);
    host.start(host.bare(weighed.store())
        .reads(ReadSettings.DEFAULT.withSnapshotBytes(Long.MAX_VALUE - 1)));
    host.engine().initialSync(ALICE, LIMIT);
    long whole = weighed.bytes;
    long page = whole * FIRST_PAGE / 401;
    for (long bound : new long[] {1, page / 2, 2 * page}) {
      weighed.bytes = 0;
      host.start(host.bare(weighed.store()).reads(ReadSettings.DEFAULT.withSnapshotBytes(bound)));

      assertRefused(ALICE);

      assertThat(snapshots().bytes()).isZero();
      assertThat(weighed.bytes).as("read beside a bound of %s", bound).isPositive();
      if (bound < page) {
        assertThat(weighed.bytes).isLessThanOrEqualTo(bound + 2 * page);
      }
    }
  }

  /** Presence, receipts and account data count too, after they are read. */
  @Test
  void snapshotBytes_ofPresenceReceiptsAndAccountData_countToo() {
    long weight = weight();
    host.online(ALICE);
    host.reads(ROOM, BOB, "any");
    host.keeps(ALICE, null, "global", "{}");
    host.keeps(BOB, ROOM, "ofRoom", "{}");
    List<UnaryOperator<SyncEngineBuilder>> parts = List.of(
        b -> b.presence(host.presence),
        b -> b.receipts(host.receipts),
        b -> b.accountData(host.accountData));
    for (UnaryOperator<SyncEngineBuilder> part : parts) {
      host.start(
          part.apply(host.bare()).reads(ReadSettings.DEFAULT.withSnapshotBytes(weight + 20)));
      assertRefused(BOB);
      host.start(
          part.apply(host.bare()).reads(ReadSettings.DEFAULT.withSnapshotBytes(weight + 400)));
      assertThat(host.engine().initialSync(BOB, LIMIT).rooms()).hasSize(1);
      assertThat(snapshots().bytes()).isZero();
    }
  }

  @Test
  void snapshotBytes_ofOneThatFails_areGivenBack() {
    start(weight());
    directory.after(() -> {
      assertThat(snapshots().bytes()).isPositive();
      throw StoreException.failed("test", null);
    });
    assertThatThrownBy(() -> host.engine().initialSync(ALICE, LIMIT))
        .isInstanceOf(StoreException.class);
    directory.calm();

    assertThat(snapshots().bytes()).isZero();
    assertThat(host.engine().initialSync(ALICE, LIMIT).rooms()).hasSize(1);
  }

  @Test
  void snapshots_manyThreads_leaveNothing() throws Exception {
    long weight = weight();
    host.start(SyncEngine.builder(host.events)
        .directory(directory)
        .reads(ReadSettings.DEFAULT.withSnapshotBytes(2 * weight)));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    int served = 0;
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        UserId user = i % 2 == 0 ? ALICE : BOB;
        int limit = LIMIT + i;
        tasks.add(() -> taken(user, limit, 300));
      }
      for (Future<Integer> each : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        served += each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(snapshots().bytes()).isZero();
    assertThat(snapshots().inFlight()).isZero();
    assertThat(snapshots().refused()).isEqualTo(1_200 - served);
    assertThat(host.engine().initialSync(ALICE, LIMIT).rooms()).hasSize(1);
  }

  /** Takes snapshots one after the other, and returns how many succeeded. */
  private int taken(UserId user, int limit, int times) {
    int served = 0;
    for (int i = 0; i < times; i++) {
      try {
        assertThat(host.engine().initialSync(user, limit).rooms()).hasSize(1);
        served++;
      } catch (LimitExceededException e) {
        assertThat(e.retryAfter()).isPositive();
      }
    }
    return served;
  }

  /** Returns the bytes that a snapshot counts. */
  private long weight() {
    long[] bytes = new long[1];
    start(Long.MAX_VALUE - 1);
    directory.after(() -> bytes[0] = snapshots().bytes());
    host.engine().initialSync(ALICE, LIMIT);
    directory.calm();
    assertThat(bytes[0]).isGreaterThan(8 * 50);
    return bytes[0];
  }

  private void start(long bytes) {
    host.start(
        host.bare().directory(directory).reads(ReadSettings.DEFAULT.withSnapshotBytes(bytes)));
  }

  private EngineStatistics.SnapshotRuns snapshots() {
    return host.engine().statistics().snapshots();
  }

  private Throwable failure(UserId user) {
    return host.engine()
        .initialSyncAsync(user, LIMIT, SnapshotOptions.DEFAULT)
        .handle((snapshot, thrown) -> thrown.getCause())
        .join();
  }

  private void assertRefused(UserId user) {
    assertThat(failure(user)).isInstanceOf(LimitExceededException.class);
  }
}
