package io.github.matrixsync.internal.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.device.DeviceListStore;
import io.github.matrixsync.store.device.ToDeviceInbox;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.memory.MemoryDeviceListStore;
import io.github.matrixsync.store.memory.MemoryToDeviceInbox;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoresTest {
  private final Host host = new Host();
  private final MemoryToDeviceInbox inbox = MemoryToDeviceInbox.create();
  private final MemoryDeviceListStore deviceLists = MemoryDeviceListStore.create();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void roles_given_areTheHostsOwn() {
    Stores stores = all(Set.of());

    assertThat(stores.events()).isSameAs(host.events);
    assertThat(stores.presence()).isSameAs(host.presence);
    assertThat(stores.typing()).isSameAs(host.typing);
    assertThat(stores.receipts()).isSameAs(host.receipts);
    assertThat(stores.accountData()).isSameAs(host.accountData);
    assertThat(stores.settings()).isSameAs(host.settings);
    assertThat(stores.toDevice()).isSameAs(inbox);
    assertThat(stores.deviceLists()).isSameAs(deviceLists);
    assertThat(EphemeralStream.values()).allMatch(stores::has);
  }

  @Test
  void roles_switchedOff_areEmptyAndKeepTheirPart() {
    host.online(Host.ALICE);
    Stores stores = all(Set.of(EphemeralStream.PRESENCE, EphemeralStream.ACCOUNT_DATA));

    assertThat(stores.has(EphemeralStream.PRESENCE)).isFalse();
    assertThat(stores.has(EphemeralStream.TYPING)).isTrue();
    assertEmpty(stores.presence(), Host.ALICE);
    assertThat(stores.parts()).isEqualTo(7);
    assertThat(stores.normalized(StreamToken.parse("s9_8_7_6_5_4_3")))
        .isEqualTo(StreamToken.parse("s9_0_7_6_0_4_3"));
    assertThat(stores.normalized(StreamToken.parse("s9_8_7")))
        .isEqualTo(StreamToken.parse("s9_0_7"));
  }

  @Test
  void rolesOfDevices_switchedOff_areEmptyAndKeepTheirPart() {
    Stores stores = all(Set.of(EphemeralStream.TO_DEVICE, EphemeralStream.DEVICE_LISTS));
    DeviceId device = DeviceId.parse("D");
    deviceLists.set(Host.ALICE);

    assertEmpty(stores.deviceLists(), Host.ALICE);
    assertThat(stores.toDevice().watermark()).isZero();
    assertThat(stores.toDevice().messages(Host.ALICE, device, 0, 0, 9)).isEmpty();
    assertThatCode(() -> stores.toDevice().acknowledge(Host.ALICE, device, 9))
        .doesNotThrowAnyException();
    assertThatCode(() -> stores.toDevice().onMessage((user, id) -> {}).close())
        .doesNotThrowAnyException();
    assertThatCode(() -> stores.toDevice().onAdvance(() -> {}).close()).doesNotThrowAnyException();
    assertThat(stores.parts()).isEqualTo(7);
    assertThat(stores.normalized(StreamToken.parse("s9_8_7_6_5_4_3")))
        .isEqualTo(StreamToken.parse("s9_8_7_6_5_0_0"));
  }

  @Test
  void roles_notGiven_areEmpty() {
    Stores stores = new Stores(only(null, null));

    assertEmpty(stores.presence(), Host.ALICE);
    assertEmpty(stores.typing(), Host.ROOM);
    assertEmpty(stores.receipts(), Host.ROOM);
    assertEmpty(stores.accountData(), Host.ALICE);
    assertThat(stores.typing().nextDeadline()).isEmpty();
    assertThatCode(() -> stores.typing().expire(World.NOW)).doesNotThrowAnyException();
    assertThat(EphemeralStream.values()).noneMatch(stores::has);
  }

  @Test
  void directoryAndSettings_notGiven_arePrivateAndNone() {
    Stores stores = new Stores(only(null, null));

    assertThat(stores.hasDirectory()).isFalse();
    assertThat(stores.directory().published(Set.of(Host.ROOM))).isEmpty();
    assertThat(stores.directory().aliases(Set.of(Host.ROOM))).isEmpty();
    assertThat(stores.hasSettings()).isFalse();
    assertThat(stores.settings().ignored(Host.ALICE)).isEmpty();
    assertThat(stores.settings().forgotten(Host.ALICE)).isEmpty();
    assertThat(stores.settings().presenceList(Host.ALICE)).isEmpty();
    assertThat(stores.settings().erased(Set.of(Host.ALICE))).isEmpty();
    assertThatCode(() -> stores.settings().onChange(user -> {}).close()).doesNotThrowAnyException();
  }

  @Test
  void parts_byTheLastStreamThatIsThere_areThreeToSeven() {
    assertThat(new Stores(only(null, null)).parts()).isEqualTo(3);
    assertThat(new Stores(only(host, null)).parts()).isEqualTo(4);
    assertThat(new Stores(only(null, host)).parts()).isEqualTo(5);
    assertThat(new Stores(only(roles(Optional.of(inbox), Optional.empty()))).parts())
        .isEqualTo(6);
    assertThat(new Stores(only(roles(Optional.empty(), Optional.of(deviceLists)))).parts())
        .isEqualTo(7);
  }

  private static HostRoles roles(
      Optional<ToDeviceInbox> toDevice, Optional<DeviceListStore> lists) {
    return new HostRoles(
        toDevice,
        lists,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private HostStores only(HostRoles roles) {
    return new HostStores(host.events, null, null, null, null, null, null, roles, Set.of());
  }

  private Stores all(Set<EphemeralStream> disabled) {
    return new Stores(new HostStores(
        host.events,
        host.presence,
        host.typing,
        host.receipts,
        host.accountData,
        null,
        host.settings,
        roles(Optional.of(inbox), Optional.of(deviceLists)),
        disabled));
  }

  private HostStores only(@Nullable Host receipts, @Nullable Host accountData) {
    return new HostStores(
        host.events,
        null,
        null,
        receipts == null ? null : receipts.receipts,
        accountData == null ? null : accountData.accountData,
        null,
        null,
        HostRoles.NONE,
        Set.of());
  }

  private static <K> void assertEmpty(CoalescingStream<K, ?> absent, K key) {
    assertThat(absent.watermark()).isZero();
    assertThat(absent.refresh()).isZero();
    assertThat(absent.retainedAfter()).isZero();
    assertThat(absent.changes(0, 0, 9)).isEmpty();
    assertThat(absent.current(List.of(key))).isEmpty();
    assertThatCode(() -> absent.onAdvance(() -> {}).close()).doesNotThrowAnyException();
  }
}
