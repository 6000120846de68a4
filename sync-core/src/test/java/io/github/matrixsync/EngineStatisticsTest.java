package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.EngineHealth;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EngineStatisticsTest {
  private final Host host = new Host();
  private final HookedEvents hooked = new HookedEvents(host.events);

  @RegisterExtension
  final Logged logged = new Logged();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void polls_parkedAndAnswered_areCounted() {
    host.room(ROOM, ALICE, BOB);
    StreamToken here = host.here();
    long before = polls().begun();
    host.park(ALICE, here);
    host.park(BOB, here);

    assertThat(polls().parked()).isEqualTo(2);
    host.message(ROOM, ALICE);

    assertThat(polls().parked()).isZero();
    assertThat(polls().begun() - before).isEqualTo(2);
    assertThat(polls().woken()).isEqualTo(2);
    assertThat(polls().wokenForNothing()).isZero();
  }

  @Test
  void polls_wokenByWhatIsNotDue_areCountedAsWokenForNothing() {
    host.room(ROOM, ALICE, BOB);
    host.settings.setIgnored(BOB, Set.of(ALICE));
    host.park(BOB, host.here());

    host.message(ROOM, ALICE);

    assertThat(polls().parked()).isOne();
    assertThat(polls().woken()).isOne();
    assertThat(polls().wokenForNothing()).isOne();
  }

  @Test
  void polls_atTheirDeadline_wereNotWoken() {
    host.park(BOB, null);

    host.time.advance(Duration.ofSeconds(30));

    assertThat(polls().parked()).isZero();
    assertThat(polls().woken()).isZero();
  }

  @Test
  void oldest_severalParked_isTheAgeOfTheFirst() {
    host.room(ROOM, ALICE);
    assertThat(polls().oldest()).isZero();
    CompletableFuture<EventBatch> first = host.park(BOB, null);
    host.time.advance(Duration.ofSeconds(7));
    host.park(BOB, null);
    host.park(ALICE, null);

    assertThat(polls().oldest()).isEqualTo(Duration.ofSeconds(7));
    first.cancel(false);
    host.time.advance(Duration.ofSeconds(2));

    assertThat(polls().oldest()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void oldest_peekAlone_countsToo() {
    host.world.create(ROOM, ALICE, "world_readable");
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM);
    host.engine().stream(BOB, null, Duration.ofSeconds(30), peek);
    host.time.advance(Duration.ofSeconds(3));

    assertThat(polls().oldest()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void window_tailOfTheLog_saysItsSpanAndItsHits() {
    host.start(SmallLimits.window(2, host.bare()));
    StreamToken beginning = host.here();
    host.room(ROOM, ALICE, BOB);
    StreamToken here = host.here();
    EngineStatistics.WindowSpan before = statistics().window();

    assertThat(before.events()).isEqualTo(2);
    assertThat(before.upTo()).isEqualTo(host.events.watermark());
    assertThat(before.upTo() - before.after()).isEqualTo(2);
    assertThat(before.bytes()).isGreaterThan(2 * 50);

    host.poll(BOB, here);
    assertThat(statistics().window().hits() - before.hits()).isOne();
    assertThat(statistics().window().misses() - before.misses()).isZero();

    host.poll(BOB, beginning);
    assertThat(statistics().window().hits() - before.hits()).isOne();
    assertThat(statistics().window().misses() - before.misses()).isOne();
  }

  @Test
  void streams_ofAnEngine_areThoseItHas() {
    assertThat(statistics().streams())
        .extracting(EngineStatistics.StreamLag::stream)
        .containsExactly("rooms", "presence", "typing", "receipts", "account_data");

    host.start(host.bare().receipts(host.receipts));

    assertThat(statistics().streams())
        .extracting(EngineStatistics.StreamLag::stream)
        .containsExactly("rooms", "receipts");
  }

  @Test
  void streams_storeThatCannotBeRead_lag() {
    host.start(host.bare(hooked.store()));
    hooked.before("log", () -> {
      throw StoreException.failed("test", null);
    });
    host.room(ROOM, ALICE);

    assertThat(statistics().streams().get(0).lag()).isEqualTo(3);
    hooked.calm();
    host.message(ROOM, ALICE);

    assertThat(statistics().streams().get(0).lag()).isZero();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("stream rooms cannot be read"),
            entry -> assertThat(entry).contains("stream rooms can be read again"));
  }

  @Test
  void storeCalls_thatReturn_areCountedAndTimed() {
    host.start(host.bare(hooked.store()));
    hooked.before("log", () -> host.time.advance(Duration.ofMillis(3)));
    host.room(ROOM, ALICE);
    hooked.before("log", () -> host.time.advance(Duration.ofMillis(5)));
    host.message(ROOM, ALICE);

    EngineStatistics.StoreCallTimes log = call("events.log");

    assertThat(log.returned()).isEqualTo(2);
    assertThat(log.failed()).isZero();
    assertThat(log.running()).isZero();
    assertThat(log.total()).isEqualTo(Duration.ofMillis(8));
    assertThat(log.longest()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void storeCalls_thatFail_areCountedApart() {
    host.start(host.bare(hooked.store()));
    hooked.before("events", () -> {
      host.time.advance(Duration.ofMillis(2));
      throw StoreException.failed("test", null);
    });

    assertThatThrownBy(
            () -> host.engine().getEvent(BOB, host.world.message(ROOM, ALICE).id()))
        .isInstanceOf(StoreException.class);

    assertThat(call("events.events").failed()).isOne();
    assertThat(call("events.events").returned()).isZero();
    assertThat(call("events.events").total()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void storeCalls_underWay_areRunning() {
    host.start(host.bare(hooked.store()));
    int[] running = new int[1];
    hooked.before("log", () -> running[0] = call("events.log").running());

    host.room(ROOM, ALICE);

    assertThat(running[0]).isOne();
    assertThat(call("events.log").running()).isZero();
  }

  @Test
  void storeCalls_ofEveryRole_areThere() {
    host.start(host.full().directory(MemoryRoomDirectory.create()));

    assertThat(statistics().storeCalls())
        .extracting(EngineStatistics.StoreCallTimes::call)
        .contains(
            "events.log",
            "presence.changes",
            "typing.expire",
            "receipts.current",
            "account_data.refresh",
            "directory.published",
            "settings.ignored")
        .doesNotHaveDuplicates();
  }

  @Test
  void snapshots_identicalAtOnce_areSharedRuns() {
    Deque<Runnable> waiting = new ArrayDeque<>();
    host.start(host.bare().executor(waiting::add));
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
    for (int i = 0; i < 3; i++) {
      host.engine().initialSyncAsync(BOB, 5, SnapshotOptions.DEFAULT);
    }
    host.engine().initialSyncAsync(ALICE, 5, SnapshotOptions.DEFAULT);

    assertThat(statistics().snapshots()).satisfies(snapshots -> {
      assertThat(snapshots.inFlight()).isEqualTo(2);
      assertThat(snapshots.runs()).isEqualTo(2);
      assertThat(snapshots.shared()).isEqualTo(2);
      assertThat(snapshots.refused()).isZero();
      assertThat(snapshots.bytes()).isZero();
    });
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }

    assertThat(statistics().snapshots()).satisfies(snapshots -> {
      assertThat(snapshots.inFlight()).isZero();
      assertThat(snapshots.runs()).isEqualTo(2);
      assertThat(snapshots.shared()).isEqualTo(2);
    });
  }

  /** A record could not gain one: its constructor and its pattern name every component. */
  @Test
  void statisticsAndHealth_everyType_canGainNumbers() {
    for (Class<?> type : List.of(EngineStatistics.class, EngineHealth.class)) {
      assertThat(type.isInterface()).isTrue();
      assertThat(type.getDeclaredClasses())
          .isNotEmpty()
          .allMatch(nested -> nested.isInterface() || nested.isEnum());
    }
  }

  @Test
  void statistics_lists_areImmutable() {
    EngineStatistics statistics = statistics();

    for (List<?> list :
        List.of(statistics.streams(), statistics.storeCalls(), statistics.caches())) {
      assertThat(list).isNotEmpty().isUnmodifiable();
    }
    assertThat(host.engine().health().problems()).isUnmodifiable();
  }

  @Test
  void caches_eventShownTwice_isAHit() {
    host.room(ROOM, ALICE);
    var message = host.world.message(ROOM, ALICE);
    host.world.append(message);
    host.engine().getEvent(ALICE, message.id());
    EngineStatistics.CacheUse before = encoded();
    host.engine().getEvent(ALICE, message.id());

    assertThat(encoded().hits() - before.hits()).isOne();
    assertThat(encoded().misses()).isEqualTo(before.misses());
    assertThat(encoded().entries()).isOne();
    assertThat(encoded().bytes()).isPositive();
  }

  @Test
  void statistics_closedEngine_isRefused() {
    SyncEngine engine = host.engine();
    engine.close();

    assertThatThrownBy(engine::statistics).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(engine::health).isInstanceOf(IllegalStateException.class);
  }

  private EngineStatistics statistics() {
    return host.engine().statistics();
  }

  private EngineStatistics.Polls polls() {
    return statistics().polls();
  }

  private EngineStatistics.CacheUse encoded() {
    return statistics().caches().stream()
        .filter(cache -> cache.cache().equals("encoded_events"))
        .findFirst()
        .orElseThrow();
  }

  private EngineStatistics.StoreCallTimes call(String name) {
    return statistics().storeCalls().stream()
        .filter(call -> call.call().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
