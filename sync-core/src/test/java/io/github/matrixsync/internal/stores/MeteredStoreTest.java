package io.github.matrixsync.internal.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.operation.EngineStatistics.StoreCallTimes;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.device.DeviceKeyCounts;
import io.github.matrixsync.store.device.DeviceListStore;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.ToDeviceInbox;
import io.github.matrixsync.store.device.TransactionIds;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.TimelineGaps;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.ManualScheduler;
import io.github.matrixsync.world.World;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of every role is passed to the host's store with its arguments, and returns the store's answer. Methods
 * that may do I/O are counted and timed once, under their own name.
 */
class MeteredStoreTest {
  private static final Map<String, Class<?>> ROLES = new LinkedHashMap<>();
  private static final Set<String> NO_IO = Set.of(
      "watermark",
      "backfilledTo",
      "retainedAfter",
      "onAdvance",
      "nextDeadline",
      "onChange",
      "onMessage");
  private static final Duration TOOK = Duration.ofMillis(5);
  private static final HistoryPoint POINT = new HistoryPoint(3, 4);

  /** Sample arguments and results, by type. */
  private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
      Map.entry(int.class, 17),
      Map.entry(long.class, 19L),
      Map.entry(Collection.class, List.of("some")),
      Map.entry(List.class, List.of("some")),
      Map.entry(Set.class, Set.of("some")),
      Map.entry(Map.class, Map.of("some", "more")),
      Map.entry(Optional.class, Optional.of(World.NOW)),
      Map.entry(Instant.class, World.NOW),
      Map.entry(UserId.class, Host.BOB),
      Map.entry(RoomId.class, Host.ROOM),
      Map.entry(DeviceId.class, new DeviceId("D")),
      Map.entry(String.class, "text"),
      Map.entry(RawJson.class, RawJson.of("{}")),
      Map.entry(KeyCounts.class, new KeyCounts(Map.of("a", 1), Set.of())),
      Map.entry(BiConsumer.class, (BiConsumer<UserId, DeviceId>) (user, device) -> {}),
      Map.entry(Runnable.class, (Runnable) () -> {}),
      Map.entry(Consumer.class, (Consumer<UserId>) user -> {}),
      Map.entry(Registration.class, (Registration) () -> {}),
      Map.entry(Interest.class, Interest.of(Host.ALICE)),
      Map.entry(Direction.class, Direction.FORWARD),
      Map.entry(LogPage.class, new LogPage(List.of(), 29)),
      Map.entry(HistoryPoint.class, POINT),
      Map.entry(Backfill.class, new Backfill(Set.of(Host.ROOM), Set.of())),
      Map.entry(
          HistorySlice.class,
          new HistorySlice(Host.ROOM, Ranges.everything(7), HistoryPoint.START, POINT)));

  static {
    ROLES.put("events", EventStore.class);
    ROLES.put("presence", PresenceStore.class);
    ROLES.put("typing", TypingStore.class);
    ROLES.put("receipts", ReceiptStore.class);
    ROLES.put("account_data", AccountDataStore.class);
    ROLES.put("directory", RoomDirectory.class);
    ROLES.put("settings", UserSettings.class);
    ROLES.put("toDevice", ToDeviceInbox.class);
    ROLES.put("deviceLists", DeviceListStore.class);
    ROLES.put("keyCounts", DeviceKeyCounts.class);
    ROLES.put("notificationCounts", NotificationCounts.class);
    ROLES.put("relations", Relations.class);
    ROLES.put("transactionIds", TransactionIds.class);
    ROLES.put("filters", FilterStore.class);
    ROLES.put("gaps", TimelineGaps.class);
  }

  private final ManualScheduler time = new ManualScheduler();
  private final CallMeters calls =
      new CallMeters(new EngineThreads(Runnable::run, time), Duration.ofSeconds(1));
  private final List<String> received = new ArrayList<>();
  private final Map<Class<?>, Object> stores = new LinkedHashMap<>();
  private @Nullable Object answer;
  private @Nullable RuntimeException failure;

  static Stream<Arguments> methods() {
    return ROLES.entrySet().stream()
        .flatMap(role -> Arrays.stream(role.getValue().getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .sorted(Comparator.comparing(Method::getName))
            .map(method -> Arguments.of(role.getKey(), method.getName(), method)));
  }

  @ParameterizedTest(name = "{0}.{1}")
  @MethodSource("methods")
  void metered_anyMethod_isPassedOnAndCountedIfItMayRead(String role, String name, Method method)
      throws Exception {
    Object metered = metered(ROLES.get(role));
    Object[] arguments = arguments(method);
    answer = SAMPLES.get(method.getReturnType());

    assertThat(method.invoke(metered, arguments)).isEqualTo(answer);

    assertThat(received).containsExactly(role + "." + name + Arrays.toString(arguments));
    assertThat(ended())
        .isEqualTo(
            NO_IO.contains(name)
                ? List.of()
                : List.of(new CallMeter.Times(role + "." + name, 1, 0, 0, TOOK, TOOK)));
  }

  @ParameterizedTest(name = "{0}.{1}")
  @MethodSource("methods")
  void metered_anyMethodFails_failsAndIsCountedApart(String role, String name, Method method) {
    Object metered = metered(ROLES.get(role));
    Object[] arguments = arguments(method);
    failure = StoreException.failed("test", null);

    assertThatThrownBy(() -> method.invoke(metered, arguments))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isSameAs(failure);

    assertThat(ended())
        .isEqualTo(
            NO_IO.contains(name)
                ? List.of()
                : List.of(new CallMeter.Times(role + "." + name, 0, 1, 0, TOOK, TOOK)));
  }

  @Test
  void metered_eventsAlone_addsNoOtherRole() {
    HostStores bare = new HostStores(
            store("events", EventStore.class),
            null,
            null,
            null,
            null,
            null,
            null,
            HostRoles.NONE,
            Set.of())
        .metered(calls);

    assertThat(bare.presence()).isNull();
    assertThat(bare.typing()).isNull();
    assertThat(bare.receipts()).isNull();
    assertThat(bare.accountData()).isNull();
    assertThat(bare.directory()).isNull();
    assertThat(bare.settings()).isNull();
    assertThat(bare.roles()).isEqualTo(HostRoles.NONE);
    assertThat(calls.times()).allMatch(call -> call.call().startsWith("events."));
  }

  private static Object[] arguments(Method method) {
    return Arrays.stream(method.getParameterTypes()).map(SAMPLES::get).toArray();
  }

  /** Returns the times of the methods that were called. */
  private List<StoreCallTimes> ended() {
    return calls.times().stream()
        .filter(call -> call.returned() + call.failed() > 0)
        .toList();
  }

  private Object metered(Class<?> role) {
    ROLES.forEach((name, type) -> stores.put(type, store(name, type)));
    HostStores stores = new HostStores(
            store(EventStore.class),
            store(PresenceStore.class),
            store(TypingStore.class),
            store(ReceiptStore.class),
            store(AccountDataStore.class),
            store(RoomDirectory.class),
            store(UserSettings.class),
            roles(),
            Set.of())
        .metered(calls);
    return Stream.of(
            stores.events(),
            stores.presence(),
            stores.typing(),
            stores.receipts(),
            stores.accountData(),
            stores.directory(),
            stores.settings(),
            stores.roles().toDevice().orElseThrow(),
            stores.roles().deviceLists().orElseThrow(),
            stores.roles().keyCounts().orElseThrow(),
            stores.roles().notificationCounts().orElseThrow(),
            stores.roles().relations().orElseThrow(),
            stores.roles().transactionIds().orElseThrow(),
            stores.roles().filters().orElseThrow(),
            stores.roles().gaps().orElseThrow())
        .filter(role::isInstance)
        .findFirst()
        .orElseThrow();
  }

  private HostRoles roles() {
    return new HostRoles(
        Optional.of(store(ToDeviceInbox.class)),
        Optional.of(store(DeviceListStore.class)),
        Optional.of(store(DeviceKeyCounts.class)),
        Optional.of(store(NotificationCounts.class)),
        Optional.of(store(Relations.class)),
        Optional.of(store(TransactionIds.class)),
        Optional.of(store(FilterStore.class)),
        Optional.of(store(TimelineGaps.class)));
  }

  private <R> R store(Class<R> role) {
    return role.cast(stores.get(role));
  }

  /** Returns a store that records its calls, takes time, and returns the samples. */
  private <R> R store(String name, Class<R> role) {
    return role.cast(Proxy.newProxyInstance(
        role.getClassLoader(), new Class<?>[] {role}, (proxy, method, arguments) -> {
          Object[] store = arguments == null ? new Object[0] : arguments;
          received.add(name + "." + method.getName() + Arrays.toString(store));
          time.advance(TOOK);
          if (failure != null) {
            throw failure;
          }
          return answer;
        }));
  }
}
