package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.operation.EngineHealth;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When the health of an engine is bad, and what it logs then. */
class EngineHealthTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Host host = new Host();
  private final HookedEvents hooked = new HookedEvents(host.events);
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @RegisterExtension
  final Logged logged = new Logged();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void health_idleForHours_isFine() {
    host.engine();
    host.time.advance(HOUR);
    host.room(ROOM, ALICE);

    assertThat(health().isHealthy()).isTrue();
    assertThat(logged.entries()).isEmpty();
  }

  @Test
  void health_logThatIsNotFollowed_isStalledAfterTheLimit() {
    startOnWaitingExecutor();
    host.time.advance(HOUR);
    host.room(ROOM, ALICE);
    Instant since = host.now();
    assertThat(health().isHealthy()).isTrue();

    host.time.advance(LIMIT);
    assertThat(health().isHealthy()).isTrue();
    host.time.advance(Duration.ofNanos(1));

    assertThat(health().problems()).singleElement().satisfies(problem -> {
      assertThat(problem.kind()).isEqualTo(EngineHealth.Kind.STALLED);
      assertThat(problem.where()).isEqualTo("rooms");
      assertThat(problem.since()).isEqualTo(since);
      assertThat(problem.detail()).contains("followed up to 0");
    });
    assertThat(logged.entries()).singleElement().asString().contains("stream rooms stalls");
  }

  @Test
  void health_logThatIsFollowedAgain_isFine() {
    startOnWaitingExecutor();
    host.room(ROOM, ALICE);
    host.time.advance(LIMIT.plus(SECOND.multipliedBy(2)));
    assertThat(health().isHealthy()).isFalse();

    runWaiting();

    assertThat(health().isHealthy()).isTrue();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("stream rooms stalls"),
            entry -> assertThat(entry).contains("stream rooms goes on"));
  }

  /** An engine that is always a little behind a busy store, but makes progress, is healthy. */
  @Test
  void health_alwaysBehindButGettingOn_isFine() {
    hooked.before("log", () -> host.message(ROOM, ALICE));
    host.start(host.bare(hooked.store()).executor(waiting::add));
    runWaiting();
    host.world.create(ROOM, ALICE, "shared");
    for (int i = 0; i < 30; i++) {
      runWaiting();
      host.message(ROOM, ALICE);
      host.time.advance(SECOND);
      assertThat(lag()).isPositive();
      assertThat(health().isHealthy()).isTrue();
    }
  }

  @Test
  void health_storeThatCannotBeRead_isFailingAfterTheLimit() {
    host.start(host.bare(hooked.store()));
    hooked.before("refresh", EngineHealthTest::fail);
    host.time.advance(SECOND);
    Instant since = host.now();
    host.time.advance(LIMIT);
    assertThat(health().isHealthy()).isTrue();

    host.time.advance(SECOND);

    assertThat(health().problems()).singleElement().satisfies(problem -> {
      assertThat(problem.kind()).isEqualTo(EngineHealth.Kind.FAILING);
      assertThat(problem.where()).isEqualTo("rooms");
      assertThat(problem.since()).isEqualTo(since);
    });
    hooked.calm();
    host.time.advance(SECOND);

    assertThat(health().isHealthy()).isTrue();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("stream rooms cannot be read"),
            entry -> assertThat(entry).contains("stream rooms can be read again"));
  }

  @Test
  void health_callThatDoesNotReturn_isHangingAfterTheLimit() {
    host.start(host.bare(hooked.store()));
    List<EngineHealth> seen = new java.util.ArrayList<>();
    hooked.before("events", () -> {
      host.time.advance(LIMIT);
      seen.add(health());
      host.time.advance(SECOND);
      seen.add(health());
    });

    getEvent();

    assertThat(seen.get(0).isHealthy()).isTrue();
    assertThat(seen.get(1).problems()).singleElement().satisfies(problem -> {
      assertThat(problem.kind()).isEqualTo(EngineHealth.Kind.HANGING);
      assertThat(problem.where()).isEqualTo("events.events");
      assertThat(problem.since()).isEqualTo(World.NOW);
    });
    assertThat(health().isHealthy()).isTrue();
    assertThat(logged.entries())
        .singleElement()
        .asString()
        .contains("store call events.events is slow");
  }

  @Test
  void health_ownLimit_counts() {
    host.start(
        host.bare().executor(waiting::add).watch(WatchSettings.DEFAULT.withStallLimit(SECOND)));
    runWaiting();
    host.room(ROOM, ALICE);
    host.time.advance(SECOND.plusMillis(251));

    assertThat(health().isHealthy()).isFalse();
    assertThat(logged.entries()).singleElement().asString().contains("stream rooms stalls");
  }

  @Test
  void log_stall_isToldAtItsBeginningAndItsEnd() {
    startOnWaitingExecutor();
    host.room(ROOM, ALICE);
    host.time.advance(Duration.ofSeconds(60));
    host.message(ROOM, ALICE);
    host.time.advance(Duration.ofSeconds(60));

    assertThat(logged.entries())
        .singleElement()
        .asString()
        .contains("stream rooms stalls: followed up to 0, stored up to 3");
    runWaiting();
    host.time.advance(SECOND);

    assertThat(logged.entries()).hasSize(2);
    assertThat(logged.entries().get(1)).contains("stream rooms goes on", "1 within 120.0 s");
  }

  @Test
  void log_readsThatFail_areToldAtTheirBeginningAndTheirEnd() {
    host.start(host.bare(hooked.store()));
    hooked.before("log", EngineHealthTest::fail);
    host.room(ROOM, ALICE);
    host.time.advance(Duration.ofMillis(3_500));

    assertThat(logged.entries())
        .singleElement()
        .asString()
        .contains("stream rooms cannot be read, will try again");
    hooked.calm();
    host.time.advance(SECOND);

    assertThat(logged.entries()).hasSize(2);
    assertThat(logged.entries().get(1))
        .contains("stream rooms can be read again; failures: 4 within 4.0 s");
  }

  @Test
  void log_slowCalls_areToldOnceAndWhenFastAgain() {
    host.start(host.bare(hooked.store()));
    hooked.before("events", () -> host.time.advance(Duration.ofMillis(1_500)));
    for (int i = 0; i < 5; i++) {
      getEvent();
    }

    assertThat(logged.entries())
        .singleElement()
        .asString()
        .contains("store call events.events is slow: 1500 ms and more");
    hooked.calm();
    getEvent();
    host.time.advance(Duration.ofSeconds(9));
    assertThat(logged.entries()).hasSize(1);
    host.time.advance(Duration.ofSeconds(2));

    assertThat(logged.entries()).hasSize(2);
    assertThat(logged.entries().get(1))
        .contains("store call events.events is fast again; slow calls: 5 within");
  }

  @Test
  void log_callThatDoesNotReturn_isToldWhileItRuns() {
    host.start(host.bare(hooked.store()));
    int[] told = new int[1];
    hooked.before("events", () -> {
      host.time.advance(Duration.ofSeconds(3));
      told[0] = logged.entries().size();
    });

    getEvent();

    assertThat(told[0]).isOne();
    assertThat(logged.entries())
        .singleElement()
        .asString()
        .contains("store call events.events is slow");
  }

  @Test
  void log_fastCalls_sayNothing() {
    host.start(host.bare(hooked.store()));
    hooked.before("events", () -> host.time.advance(SECOND));
    getEvent();
    getEvent();

    assertThat(logged.entries()).isEmpty();
  }

  @Test
  void log_closedEngine_saysNothing() {
    SyncEngine engine = host.start(host.bare(hooked.store()));
    engine.close();
    hooked.before(method -> fail());
    host.time.advance(HOUR);

    assertThat(logged.entries()).isEmpty();
  }

  @Test
  void limits_endless_areNoLimits() {
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    host.start(host.bare(hooked.store())
        .watch(WatchSettings.DEFAULT
            .withStallLimit(endless)
            .withSlowCall(endless)
            .withFallbackInterval(endless)));
    hooked.before("events", () -> host.time.advance(HOUR));
    getEvent();
    hooked.before("log", EngineHealthTest::fail);
    host.room(ROOM, ALICE);
    host.time.advance(HOUR);

    assertThat(health().isHealthy()).isTrue();
    assertThat(logged.entries()).singleElement().asString().contains("cannot be read");
  }

  private void getEvent() {
    host.engine().getEvent(BOB, host.world.message(ROOM, ALICE).id());
  }

  private void startOnWaitingExecutor() {
    host.start(host.bare().executor(waiting::add));
    runWaiting();
  }

  private void runWaiting() {
    for (int left = waiting.size(); left > 0; left--) {
      waiting.remove().run();
    }
  }

  private EngineHealth health() {
    return host.engine().health();
  }

  private long lag() {
    return host.engine().statistics().streams().get(0).lag();
  }

  private static void fail() {
    throw StoreException.failed("test", null);
  }
}
