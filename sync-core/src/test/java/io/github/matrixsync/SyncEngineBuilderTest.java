package io.github.matrixsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.internal.cache.CacheBytes;
import io.github.matrixsync.internal.concurrent.Budget;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.longpoll.PollBounds;
import io.github.matrixsync.internal.stores.HostStores;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.world.Host;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The builder's defaults, the values that it accepts, and those that it refuses. */
class SyncEngineBuilderTest {
  private static final long MIB = 1 << 20;

  private final Host host = new Host();
  private final SyncEngineBuilder builder = SyncEngine.builder(host.events);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void builder_hostSaysNothing_hasTheDefaultsOfItsDocumentation() {
    long sixteenthOfTheHeap = Runtime.getRuntime().maxMemory() / 16;

    assertThat(builder.fallbackInterval).isEqualTo(Duration.ofSeconds(1));
    assertThat(builder.settingsAge).isEqualTo(Duration.ofMinutes(10));
    assertThat(builder.slowStoreCall).isEqualTo(Duration.ofSeconds(1));
    assertThat(builder.stallLimit).isEqualTo(Duration.ofSeconds(10));
    assertThat(builder.windowEvents).isEqualTo(10_000);
    assertThat(builder.windowBytes).isEqualTo(64 * MIB);
    assertThat(builder.idleReaders).isEqualTo(100_000);
    assertThat(builder.historyLimit).isEqualTo(1_000);
    assertThat(builder.presenceOnJoin).isEqualTo(1_000);
    assertThat(builder.receiptsPerRoom).isEqualTo(100);
    assertThat(builder.snapshotBytes).isEqualTo(1 << 30);
    assertThat(builder.pollBounds())
        .isEqualTo(new PollBounds(1_000, 10_000, Budget.NONE, 0, Duration.ofMillis(500)));
    assertThat(builder.cacheBytes())
        .isEqualTo(
            new CacheBytes(64 * MIB, 64 * MIB, Math.max(16 * MIB, sixteenthOfTheHeap), 64 * MIB));
    assertThat(builder.roles())
        .isEqualTo(new HostStores(host.events, null, null, null, null, null, null, Set.of()));
  }

  @Test
  void builder_everyBound_isWhatTheHostSays() {
    SyncEngineBuilder said = builder
        .fallbackInterval(Duration.ofSeconds(2))
        .settingsAge(Duration.ofSeconds(19))
        .slowStoreCall(Duration.ofSeconds(3))
        .stallLimit(Duration.ofSeconds(4))
        .window(5, 6)
        .idleReaders(7)
        .batchLimit(8)
        .pollsPerUser(9)
        .pollsInAll(10)
        .waitJitter(0.5)
        .presenceHold(Duration.ofSeconds(11))
        .presenceOnJoin(12)
        .receiptsPerRoom(13)
        .snapshotBytes(14)
        .eventCache(15)
        .encodedCache(16)
        .roomCache(17)
        .membershipCache(18)
        .historyLimit(20);

    assertThat(said).isSameAs(builder);
    assertThat(said.fallbackInterval).isEqualTo(Duration.ofSeconds(2));
    assertThat(said.settingsAge).isEqualTo(Duration.ofSeconds(19));
    assertThat(said.slowStoreCall).isEqualTo(Duration.ofSeconds(3));
    assertThat(said.stallLimit).isEqualTo(Duration.ofSeconds(4));
    assertThat(said.windowEvents).isEqualTo(5);
    assertThat(said.windowBytes).isEqualTo(6);
    assertThat(said.idleReaders).isEqualTo(7);
    assertThat(said.historyLimit).isEqualTo(20);
    assertThat(said.presenceOnJoin).isEqualTo(12);
    assertThat(said.receiptsPerRoom).isEqualTo(13);
    assertThat(said.snapshotBytes).isEqualTo(14);
    assertThat(said.pollBounds()).isEqualTo(new PollBounds(8, 9, 10, 0.5, Duration.ofSeconds(11)));
    assertThat(said.cacheBytes()).isEqualTo(new CacheBytes(15, 16, 17, 18));
  }

  @Test
  void builder_everyRole_isTheHosts() {
    RoomDirectory directory = MemoryRoomDirectory.create();
    PollObserver observer = builder.observer;
    Executor executor = Runnable::run;
    InstantSource clock = host::now;

    builder
        .presence(host.presence)
        .typing(host.typing)
        .receipts(host.receipts)
        .accountData(host.accountData)
        .directory(directory)
        .settings(host.settings)
        .observer(observer)
        .executor(executor)
        .clock(clock)
        .scheduler(host.time)
        .off(EphemeralStream.TYPING)
        .off(EphemeralStream.PRESENCE);

    assertThat(builder.roles())
        .isEqualTo(new HostStores(
            host.events,
            host.presence,
            host.typing,
            host.receipts,
            host.accountData,
            directory,
            host.settings,
            Set.of(EphemeralStream.TYPING, EphemeralStream.PRESENCE)));
    assertThat(builder.observer).isSameAs(observer);
    assertThat(builder.executor).isSameAs(executor);
    assertThat(builder.clock).isSameAs(clock);
    assertThat(builder.scheduler).isSameAs(host.time);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("fallback interval", b -> b.fallbackInterval(Duration.ZERO)),
        refused("settings age", b -> b.settingsAge(Duration.ZERO)),
        refused("fallback interval", b -> b.fallbackInterval(Duration.ofNanos(-1))),
        refused("slow store call", b -> b.slowStoreCall(Duration.ZERO)),
        refused("stall limit", b -> b.stallLimit(Duration.ZERO)),
        refused("presence hold", b -> b.presenceHold(Duration.ofNanos(-1))),
        refused("polls per user", b -> b.pollsPerUser(0)),
        refused("polls in all", b -> b.pollsInAll(0)),
        refused("snapshot bytes", b -> b.snapshotBytes(0)),
        refused("wait jitter", b -> b.waitJitter(-0.01)),
        refused("wait jitter", b -> b.waitJitter(1.01)),
        refused("wait jitter", b -> b.waitJitter(Double.NaN)),
        refused("window events", b -> b.window(0, 1)),
        refused("window bytes", b -> b.window(1, 0)),
        refused("idle readers", b -> b.idleReaders(0)),
        refused("batch limit", b -> b.batchLimit(0)),
        refused("history limit", b -> b.historyLimit(0)),
        refused("presence on join", b -> b.presenceOnJoin(-1)),
        refused("receipts per room", b -> b.receiptsPerRoom(0)),
        refused("encoded bytes", b -> b.encodedCache(-1)),
        refused("event bytes", b -> b.eventCache(-1)),
        refused("room bytes", b -> b.roomCache(-1)),
        refused("membership bytes", b -> b.membershipCache(-1)));
  }

  private static Arguments refused(String what, UnaryOperator<SyncEngineBuilder> wrong) {
    return Arguments.of(what, wrong);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void builder_beyondABound_isRefusedAndSaysWhatWasWrong(
      String what, UnaryOperator<SyncEngineBuilder> wrong) {
    assertThatThrownBy(() -> wrong.apply(builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(what + " must")
        .hasMessageContaining("got ");
  }

  @Test
  void builder_leastOfEachBound_isTaken() {
    builder
        .fallbackInterval(Duration.ofNanos(1))
        .presenceHold(Duration.ZERO)
        .waitJitter(1)
        .waitJitter(0)
        .presenceOnJoin(0)
        .window(1, 1)
        .idleReaders(1)
        .batchLimit(1)
        .eventCache(0)
        .encodedCache(0)
        .roomCache(0)
        .membershipCache(0);

    assertThat(builder.cacheBytes()).isEqualTo(new CacheBytes(0, 0, 0, 0));
    assertThat(builder.pollBounds().presenceHold()).isZero();
    assertThat(builder.presenceOnJoin).isZero();
  }

  /** Durations longer than a {@code long} of nanoseconds are cut. Every setter with a duration is tested. */
  @Test
  void durations_longestThereIs_areCutAndTheEngineIsBuilt() throws ReflectiveOperationException {
    int lengths = 0;
    for (Method setter : SyncEngineBuilder.class.getMethods()) {
      if (setter.getParameterCount() == 1 && setter.getParameterTypes()[0] == Duration.class) {
        setter.invoke(builder, Duration.ofSeconds(Long.MAX_VALUE));
        lengths++;
      }
    }

    assertThat(lengths).isEqualTo(5);
    assertThat(builder.fallbackInterval).isEqualTo(EngineThreads.LONGEST);
    assertThat(builder.settingsAge).isEqualTo(EngineThreads.LONGEST);
    assertThat(builder.slowStoreCall).isEqualTo(EngineThreads.LONGEST);
    assertThat(builder.stallLimit).isEqualTo(EngineThreads.LONGEST);
    assertThat(builder.pollBounds().presenceHold()).isEqualTo(EngineThreads.LONGEST);
    builder.scheduler(host.time).executor(Runnable::run).presence(host.presence);
    builder.settings(host.settings).clock(host::now);
    try (SyncEngine engine = builder.build()) {
      host.room(Host.ROOM, Host.ALICE, Host.BOB);
      var poll = engine.stream(Host.ALICE, null, Duration.ofSeconds(Long.MAX_VALUE));
      host.online(Host.BOB);
      host.time.advance(Duration.ofDays(30));
      assertThat(poll).isNotDone();
      host.message(Host.ROOM, Host.BOB);
      assertThat(poll.join().chunk()).hasSize(2);
      assertThat(engine.health().problems()).isEmpty();
      assertThat(engine.statistics().polls().parked()).isZero();
      engine.drain(Duration.ofSeconds(Long.MAX_VALUE));
    }
  }
}
