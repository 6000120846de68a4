package io.github.matrixsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.internal.cache.CacheBytes;
import io.github.matrixsync.internal.stores.HostRoles;
import io.github.matrixsync.internal.stores.HostStores;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.ReadSettings;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.device.DeviceKeyCounts;
import io.github.matrixsync.store.device.DeviceListStore;
import io.github.matrixsync.store.device.ToDeviceInbox;
import io.github.matrixsync.store.device.TransactionIds;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.TimelineGaps;
import io.github.matrixsync.world.Host;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The builder's defaults, the values that it accepts, and those that it refuses. */
class SyncEngineBuilderTest {
  private final Host host = new Host();
  private final SyncEngineBuilder builder = SyncEngine.builder(host.events);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void builder_hostSaysNothing_hasTheDefaultsOfItsDocumentation() {
    long heap = Runtime.getRuntime().maxMemory();

    assertThat(builder.polls).isSameAs(PollSettings.DEFAULT);
    assertThat(builder.reads).isSameAs(ReadSettings.DEFAULT);
    assertThat(builder.watch).isSameAs(WatchSettings.DEFAULT);
    assertThat(builder.limits).isEqualTo(new EngineLimits(10_000, 100_000, 1_000, 100));
    assertThat(builder.cacheBytes)
        .isEqualTo(CacheBytes.of(Math.min((256 << 20) + heap / 16, heap / 2)));
    assertThat(builder.stores())
        .isEqualTo(new HostStores(
            host.events, null, null, null, null, null, null, HostRoles.NONE, Set.of()));
  }

  @Test
  void builder_everySetting_isWhatTheHostSays() {
    PollSettings polls = PollSettings.DEFAULT.withBatchLimit(8);
    ReadSettings reads = ReadSettings.DEFAULT.withHistoryLimit(20);
    WatchSettings watch = WatchSettings.DEFAULT.withStallLimit(Duration.ofSeconds(4));

    SyncEngineBuilder said = builder.polls(polls).reads(reads).watch(watch).cacheBytes(9_000);

    assertThat(said).isSameAs(builder);
    assertThat(said.polls).isSameAs(polls);
    assertThat(said.reads).isSameAs(reads);
    assertThat(said.watch).isSameAs(watch);
    assertThat(said.cacheBytes).isEqualTo(new CacheBytes(2_000, 2_000, 2_000, 1_000, 2_000));
  }

  /** Whoever adds a setter must say why it is none of a group's settings. */
  @Test
  void builder_hasAsManySetters_asOneReads() {
    assertThat(setters().map(Method::getName))
        .containsExactlyInAnyOrder(
            "presence",
            "typing",
            "receipts",
            "accountData",
            "directory",
            "settings",
            "toDevice",
            "deviceLists",
            "keyCounts",
            "notificationCounts",
            "relations",
            "transactionIds",
            "filters",
            "gaps",
            "off",
            "observer",
            "executor",
            "scheduler",
            "clock",
            "cacheBytes",
            "polls",
            "reads",
            "sync",
            "watch");
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

    assertThat(builder.stores())
        .isEqualTo(new HostStores(
            host.events,
            host.presence,
            host.typing,
            host.receipts,
            host.accountData,
            directory,
            host.settings,
            HostRoles.NONE,
            Set.of(EphemeralStream.TYPING, EphemeralStream.PRESENCE)));
    assertThat(builder.observer).isSameAs(observer);
    assertThat(builder.executor).isSameAs(executor);
    assertThat(builder.clock).isSameAs(clock);
    assertThat(builder.scheduler).isSameAs(host.time);
  }

  @Test
  void builder_everyRoleThatV1DoesNotNeed_isTheHosts() {
    HostRoles roles = new HostRoles(
        Optional.of(role(ToDeviceInbox.class)),
        Optional.of(role(DeviceListStore.class)),
        Optional.of(role(DeviceKeyCounts.class)),
        Optional.of(role(NotificationCounts.class)),
        Optional.of(role(Relations.class)),
        Optional.of(role(TransactionIds.class)),
        Optional.of(role(FilterStore.class)),
        Optional.of(role(TimelineGaps.class)));

    builder
        .toDevice(roles.toDevice().orElseThrow())
        .deviceLists(roles.deviceLists().orElseThrow())
        .keyCounts(roles.keyCounts().orElseThrow())
        .notificationCounts(roles.notificationCounts().orElseThrow())
        .relations(roles.relations().orElseThrow())
        .transactionIds(roles.transactionIds().orElseThrow())
        .filters(roles.filters().orElseThrow())
        .gaps(roles.gaps().orElseThrow());

    assertThat(builder.stores().roles()).isEqualTo(roles);
    assertThat(new Stores(builder.stores()).roles()).isEqualTo(roles);
  }

  /** Returns a store that is equal to itself alone, and fails every call. */
  private static <R> R role(Class<R> type) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "equals" -> proxy == arguments[0];
          case "hashCode" -> System.identityHashCode(proxy);
          case "toString" -> type.getSimpleName();
          default -> throw new AssertionError("nobody calls " + method);
        }));
  }

  static Stream<Method> setters() {
    return Arrays.stream(SyncEngineBuilder.class.getMethods())
        .filter(method -> method.getReturnType() == SyncEngineBuilder.class);
  }

  static Stream<Method> settersOfObjects() {
    return setters().filter(method -> !method.getParameterTypes()[0].isPrimitive());
  }

  @ParameterizedTest
  @MethodSource("settersOfObjects")
  void builder_nothingWhereAValueMustBe_isRefused(Method setter) {
    assertThatThrownBy(() -> setter.invoke(builder, new Object[] {null}))
        .hasCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void builder_negativeBudget_isRefusedAndSaysWhatWasWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.cacheBytes(-1))
        .withMessage("cache bytes must not be negative, got -1");
  }

  /** Durations longer than a {@code long} of nanoseconds are cut. */
  @Test
  void durations_longestThereIs_areCutAndTheEngineIsBuilt() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    builder
        .polls(PollSettings.DEFAULT.withPresenceHold(longest))
        .watch(WatchSettings.DEFAULT
            .withFallbackInterval(longest)
            .withSettingsAge(longest)
            .withSlowCall(longest)
            .withStallLimit(longest));
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
